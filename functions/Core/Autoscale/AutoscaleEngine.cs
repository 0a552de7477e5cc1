namespace ScaleFunctions.Core.Autoscale;

/// <summary>
/// Decides as Azure Monitor's autoscale engine is documented to ("Understand autoscale settings", "Flapping in Autoscale",
/// "Best practices for autoscale"): out if any rule says so, by the most; in only if all rules say so, by the least, and only so
/// far that no rule would scale out again; the cooldown of the rule that fired last blocks both directions.
/// </summary>
/// <remarks>
/// Not documented, and chosen here: the way back into the bounds waits for no cooldown and starts none; where only some metrics
/// can be read, those may still scale out.
/// </remarks>
/// <example>
/// Out by 1 above 70 %, in by 1 below 40 %, between 2 and 10:
/// <code>
/// count  CPU   becomes
///     4  75 %        5
///     4  35 %        3   35 × 4 / 3 = 46.7 %, which scales nothing out
///     2  30 %        2   the minimum
///    12  50 %       10   the maximum
/// </code>
/// </example>
public static class AutoscaleEngine
{
    public static AutoscaleOutcome Evaluate(AutoscaleSetting setting, AutoscaleMoment moment)
    {
        var count = moment.Count;
        if (!setting.IsEnabled)
        {
            return new AutoscaleOutcome(AutoscaleCase.Disabled, count, null);
        }

        if (ProfileChoice.At(setting.Profiles, moment.Now) is not { } profile)
        {
            return new AutoscaleOutcome(AutoscaleCase.NoProfile, count, null);
        }

        if (count < profile.Minimum || count > profile.Maximum)
        {
            return new AutoscaleOutcome(AutoscaleCase.OutOfBounds, Math.Clamp(count, profile.Minimum, profile.Maximum), profile);
        }

        if (moment.CoolingUntil > moment.Now)
        {
            return new AutoscaleOutcome(AutoscaleCase.CoolingDown, count, profile);
        }

        var rules = profile.Rules.Select(rule => new MeasuredRule(rule, Value(rule, moment))).ToList();
        return ScaleOut(profile, rules, count)
            ?? RaiseToDefault(profile, rules, count)
            ?? ScaleIn(profile, rules, count)
            ?? new AutoscaleOutcome(AutoscaleCase.Unchanged, count, profile);
    }

    private static AutoscaleOutcome? ScaleOut(AutoscaleProfile profile, List<MeasuredRule> rules, int count)
    {
        var highest = rules.Where(each => each.Asks(RuleDirection.Increase)).MaxBy(each => each.Rule.Apply(count));
        var goal = highest is null ? count : Math.Min(profile.Maximum, highest.Rule.Apply(count));
        return goal > count ? new AutoscaleOutcome(AutoscaleCase.ScaledOut, goal, profile) { Cooldown = highest!.Rule.Cooldown } : null;
    }

    private static AutoscaleOutcome? RaiseToDefault(AutoscaleProfile profile, List<MeasuredRule> rules, int count) =>
        rules.Exists(each => each.Value is null) && count < profile.Default
            ? new AutoscaleOutcome(AutoscaleCase.RaisedToDefault, Math.Min(profile.Default, profile.Maximum), profile)
            : null;

    private static AutoscaleOutcome? ScaleIn(AutoscaleProfile profile, List<MeasuredRule> rules, int count)
    {
        // A rule that scales out now, but cannot because of the maximum, still forbids scaling in.
        var lowering = rules.FindAll(each => each.Rule.Direction == RuleDirection.Decrease);
        if (lowering.Count == 0 || !lowering.TrueForAll(each => each.Asks(RuleDirection.Decrease)) || rules.Exists(each => each.Asks(RuleDirection.Increase)))
        {
            return null;
        }

        var least = lowering.MaxBy(each => each.Rule.Apply(count))!;
        var wanted = Math.Max(profile.Minimum, least.Rule.Apply(count));
        if (wanted >= count)
        {
            return null;
        }

        for (var fewer = wanted; fewer < count; fewer++)
        {
            if (!rules.Exists(each => each.WouldScaleOutOn(fewer, count)))
            {
                return new AutoscaleOutcome(fewer == wanted ? AutoscaleCase.ScaledIn : AutoscaleCase.ScaledInLess, fewer, profile)
                {
                    Cooldown = least.Rule.Cooldown,
                };
            }
        }

        return new AutoscaleOutcome(AutoscaleCase.Flapping, count, profile);
    }

    private static double? Value(AutoscaleRule rule, AutoscaleMoment moment) =>
        moment.Metric(rule) is not { } value ? null : rule.DividesPerInstance ? value / Math.Max(1, moment.Count) : value;

    private sealed record MeasuredRule(AutoscaleRule Rule, double? Value)
    {
        public bool Asks(RuleDirection direction) => Rule.Direction == direction && Value is { } value && Rule.IsMet(value);

        /// <summary>The load stays, fewer instances share it.</summary>
        public bool WouldScaleOutOn(int fewer, int count) =>
            Rule.Direction == RuleDirection.Increase && Value is { } value && (fewer == 0 || Rule.IsMet(value * count / fewer));
    }
}
