namespace ScaleFunctions.Core.Autoscale;

/// <summary>
/// Tells what of a setting will hardly do what somebody wanted. The grounds are what Azure documents of its engine ("Best
/// practices for autoscale", "Flapping in Autoscale").
/// </summary>
public static class AutoscaleLint
{
    /// <summary>Metrics take some two minutes to arrive, and instances some to start: what waits less looks at what it has not done yet.</summary>
    private static readonly TimeSpan ShortestCooldown = TimeSpan.FromMinutes(2);

    private const string ScaleSets = "Microsoft.Compute/virtualMachineScaleSets";

    public static IReadOnlyList<AutoscaleFinding> Check(AutoscaleSetting setting)
    {
        if (!setting.IsEnabled)
        {
            return [new AutoscaleFinding("off", "it is switched off: nothing scales the resource")];
        }

        return [.. setting.Profiles.SelectMany(Profile), .. Setting(setting)];
    }

    private static IEnumerable<AutoscaleFinding> Setting(AutoscaleSetting setting)
    {
        if (!setting.Profiles.Any(profile => profile.When is ProfileTime.Otherwise or ProfileTime.Recurring))
        {
            yield return new AutoscaleFinding("no-default", "no profile holds outside the fixed dates: nothing scales then");
        }

        if (setting.Predictive == PredictiveScaleMode.Disabled)
        {
            yield break;
        }

        if (!setting.Target.ResourceType.Equals(ScaleSets, StringComparison.OrdinalIgnoreCase))
        {
            yield return new AutoscaleFinding("predictive-elsewhere", "predictive autoscale is for scale sets only, and this is none");
        }
        else if (!setting.Profiles.SelectMany(profile => profile.Rules).Any(rule => rule.Direction == RuleDirection.Increase && IsProcessor(rule.Metric)))
        {
            yield return new AutoscaleFinding("predictive-without-rule", "predictive autoscale follows the processor, and no rule scales out on it");
        }
        else if (setting.Predictive == PredictiveScaleMode.ForecastOnly)
        {
            yield return new AutoscaleFinding("predictive-forecast-only", "predictive autoscale forecasts and scales nothing");
        }
    }

    private static IEnumerable<AutoscaleFinding> Profile(AutoscaleProfile profile)
    {
        AutoscaleFinding Told(string rule, string message) => new(rule, $"profile '{profile.Name}': {message}");

        if (profile.Minimum == profile.Maximum)
        {
            yield return Told("bounds-equal", $"minimum and maximum are both {profile.Minimum}, so rules change nothing");
        }

        if (profile.Default < profile.Minimum || profile.Default > profile.Maximum)
        {
            yield return Told("default-outside", $"the default of {profile.Default} is not between {profile.Minimum} and {profile.Maximum}");
        }

        var (outward, inward) = (profile.Rules.Where(rule => rule.Direction == RuleDirection.Increase).ToList(), profile.Rules.Where(rule => rule.Direction == RuleDirection.Decrease).ToList());
        if (profile.Rules.Count == 0)
        {
            if (profile.Minimum != profile.Maximum)
            {
                yield return Told("no-rules", "it has no rule, so it never scales between its minimum and its maximum");
            }

            yield break;
        }

        if (outward.Count == 0)
        {
            yield return Told("nothing-scales-out", "no rule scales out");
        }

        if (inward.Count == 0)
        {
            yield return Told("nothing-scales-in", "no rule scales in: what was added stays");
        }

        foreach (var rule in profile.Rules.Where(rule => rule.Cooldown < ShortestCooldown))
        {
            yield return Told("short-cooldown", $"after '{Text(rule)}' it waits {rule.Cooldown.TotalMinutes:0.#} minutes, less than metrics take to arrive");
        }

        foreach (var fewer in inward)
        {
            if (outward.Find(more => IsPair(more, fewer)) is { } more && Blocked(profile, more, fewer) is { } margin)
            {
                yield return margin.IsAlways
                    ? Told("flapping", $"'{Text(fewer)}' and '{Text(more)}' contradict each other: both can hold at once")
                    : Told("flapping", $"'{Text(fewer)}': at {margin.Count} instances the load of {fewer.Threshold:0.#} would be {margin.Projected:0.#} on {margin.Fewer}, and '{Text(more)}' scales out again; "
                        + $"it does not scale in below {margin.Count + 1} until the load is lower");
            }
        }
    }

    /// <summary>The most instances at which the threshold of a rule in, spread over those that are left, would meet the rule out.</summary>
    private static (int Count, int Fewer, double Projected, bool IsAlways)? Blocked(AutoscaleProfile profile, AutoscaleRule more, AutoscaleRule fewer)
    {
        if (fewer.Threshold >= more.Threshold)
        {
            return (profile.Maximum, profile.Maximum, fewer.Threshold, true);
        }

        (int, int, double, bool)? last = null;
        for (var count = Math.Max(2, profile.Minimum + 1); count <= Math.Min(profile.Maximum, 1000); count++)
        {
            var left = Math.Max(profile.Minimum, fewer.Apply(count));
            if (left > 0 && left < count && fewer.Threshold * count / left is var projected && more.IsMet(projected))
            {
                last = (count, left, projected, false);
            }
        }

        return last;
    }

    /// <summary>Rules out above and in below values of the same metric, which goes down as instances are added.</summary>
    private static bool IsPair(AutoscaleRule more, AutoscaleRule fewer) =>
        more.Metric.Equals(fewer.Metric, StringComparison.OrdinalIgnoreCase) && more.Resource.Equals(fewer.Resource, StringComparison.OrdinalIgnoreCase)
        && more.Statistic == SampleStatistic.Average && fewer.Statistic == SampleStatistic.Average && !more.HasDimensions && !fewer.HasDimensions
        && more.Operator is RuleOperator.GreaterThan or RuleOperator.GreaterThanOrEqual && fewer.Operator is RuleOperator.LessThan or RuleOperator.LessThanOrEqual;

    private static bool IsProcessor(string metric) => metric.Contains("cpu", StringComparison.OrdinalIgnoreCase);

    private static string Text(AutoscaleRule rule) => FormattableString.Invariant($"{rule.Metric} {Sign(rule.Operator)} {rule.Threshold:0.##}");

    private static string Sign(RuleOperator comparison) => comparison switch
    {
        RuleOperator.GreaterThan => ">",
        RuleOperator.GreaterThanOrEqual => "≥",
        RuleOperator.LessThan => "<",
        RuleOperator.LessThanOrEqual => "≤",
        RuleOperator.Equals => "=",
        _ => "≠",
    };
}
