using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// What the rows tell of the lowerings of the last hour, for the caps: only what was sent is in them, and it is there before it is sent.
/// </summary>
internal static class LoweredLately
{
    /// <summary>How long an unexpected lowering counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>By part of the fleet; no target is counted as evaluated, since the ledger has those.</summary>
    public static IReadOnlyList<FleetCount> Of(IReadOnlyList<TargetRow> rows, DateTimeOffset now, TimeSpan interval) => [.. rows
        .Where(row => row.Standing is not null && now - row.EvaluatedAt <= Window)
        .GroupBy(row => (row.Target.Subscription, row.Standing!.Region))
        .Select(group => new FleetCount(group.Key.Subscription, group.Key.Region, Targets: 0, InDoubt: 0)
        {
            Lowered = group.Count(row => row.History.Changes.Any(change => change.IsByHand && change.To < change.From && now - change.At < interval)),
            Instances = group.Sum(row => Most(row, now)),
            LoweredInHour = group.Sum(row => Unexpected(row, now)),
        })];

    /// <summary>Instances that unexpected lowerings took away from it within the hour.</summary>
    public static int Unexpected(TargetRow row, DateTimeOffset now) => row.History.Changes
        .Where(change => change.IsUnexpected && change.To < change.From && now - change.At < Window)
        .Sum(change => change.From - change.To);

    /// <summary>The most instances it had within the hour, as far as we changed it: what was taken away meanwhile still counts.</summary>
    public static int Most(TargetRow row, DateTimeOffset now)
    {
        var most = row.LastKnownCapacity ?? 0;
        foreach (var change in row.History.Changes.Where(change => now - change.At < Window))
        {
            most = Math.Max(most, Math.Max(change.From, change.To));
        }

        return most;
    }
}
