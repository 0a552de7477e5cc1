using System.Globalization;

namespace ScaleFunctions.Core.Policies;

/// <summary>Lists what is in force of what is told of things that stand about.</summary>
internal static class EffectiveFindings
{
    public static IEnumerable<EffectiveValue> Of(UsageFindingsPolicy policy)
    {
        yield return Value("notifyAfter", DurationText.Of(policy.NotifyAfter));
        yield return Value("deallocatedAfter", DurationText.Of(policy.DeallocatedAfter));
        yield return Value("snapshotsOlderThan", DurationText.Of(policy.SnapshotsOlderThan));
        yield return Value("idleBelow", string.Create(CultureInfo.InvariantCulture, $"{policy.IdleBelow:0.###}% of the processors"));
        yield return Value("within", DurationText.Of(policy.Within));
        yield return Value("currency", policy.Currency);
        if (policy.Act is not { } act)
        {
            yield return Value("act", "nothing: findings are told only");
            yield break;
        }

        yield return Value("act.after", $"{DurationText.Of(act.After)} after the notice, with the tag {FindingsActTerms.Tag}: true");
        yield return Value("act.inUse.metric", act.InUse is { } use
            ? string.Create(CultureInfo.InvariantCulture, $"{use.Metric} above {use.Above:0.###} within {DurationText.Of(use.Within)}")
            : string.Create(CultureInfo.InvariantCulture, $"its processors above {FindingsActTerms.BusyAbove}% within {DurationText.Of(FindingsActTerms.BusyWithin)}"));

        EffectiveValue Value(string field, string value) => new(
            UsageOptimizationBinding.Kind, policy.Name, $"spec.findings.{field}", value, policy.Origins.Of($"spec.findings.{field}"), "");
    }
}
