using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Looks with each tick at how the resources of a ring do with a changed set of policies, by their rows.</summary>
internal static class RingLooks
{
    private const int NamesTold = 3;

    /// <summary>A source of metrics that fails for a few minutes says nothing about policies.</summary>
    public static readonly TimeSpan DoubtLasts = TimeSpan.FromMinutes(10);

    /// <summary>What is to be written to the fleet's row.</summary>
    /// <param name="rows">Writes it.</param>
    /// <param name="policies">The policies in force, as this worker knows them.</param>
    /// <param name="seen">The estate.</param>
    /// <param name="stored">What is remembered of it.</param>
    /// <param name="fleet">The fleet's row as this tick began.</param>
    /// <param name="now">When that was.</param>
    /// <param name="actor">The worker's name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task LookAsync(
        RowStore rows, PolicySet policies, InventoryReading seen, IReadOnlyList<TargetRow> stored, FleetRow fleet, DateTimeOffset now, string actor,
        CancellationToken cancellationToken)
    {
        // A worker that does not know yet which ring has it judges nothing.
        if (fleet.Rollout is not { Halt: null } open || policies.Rollout is not { } rings
            || open.Next != rings.Next.Version || open.Before != policies.Version || open.Ring != rings.Reached)
        {
            return;
        }

        var count = Of(policies, open, seen, stored, now);
        await rows.ChangeFleetAsync(row => row.Look(open, count, counts: !fleet.KillSwitch.IsSet && !row.KillSwitch.IsSet, now, actor), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How the resources of a ring stand.</summary>
    public static RingCount Of(PolicySet policies, PolicyRollout open, InventoryReading seen, IReadOnlyList<TargetRow> stored, DateTimeOffset now)
    {
        var (known, whole) = (stored.ToDictionary(row => row.Target), policies.Whole);
        var members = seen.Targets.DistinctBy(target => target.Id).Where(policies.Rollout!.Reaches)
            .Select(target => (Target: target, Policies: policies.For(target), Row: known.GetValueOrDefault(target.Id)))
            .Where(each => each.Policies is not TargetPolicies.None || whole.For(each.Target) is not TargetPolicies.None).ToList();

        // What several workloads claim was in doubt before, unless the set before it knew which of them counts.
        var contested = members.Where(each => each.Policies is TargetPolicies.Conflict && whole.For(each.Target) is not TargetPolicies.Conflict).Select(each => each.Target.Id).ToList();
        var decided = members.Where(each => each.Policies is TargetPolicies.Resolved).Select(each => (each.Target.Id, Row: Tried(each.Row))).ToList();
        var rows = decided.Select(each => each.Row).OfType<TargetRow>().ToList();
        var (failed, breached, doubtful) = (Since(row => row.Trial!.FailedAt), Since(row => row.Trial!.BreachedAt), Since(row => row.Trial!.DoubtSince <= now - DoubtLasts && row.Trial.DoubtSince >= From(row) ? row.Trial.DoubtSince : null));
        var quarantined = members.Where(each => Tried(each.Row) is { } row && row.Quarantine?.Since >= From(row)).Select(each => each.Target.Id).ToList();
        var troubled = contested.Concat(failed).Concat(breached).Concat(doubtful).Concat(quarantined).Distinct().Select(target => target.Name).Order(StringComparer.Ordinal).ToList();
        return new RingCount(
            now, members.Count, decided.Count, rows.Count(row => row.EvaluatedAt >= open.Since && !IsUnsure(row)), rows.Sum(row => row.Trial!.Actions), failed.Count, breached.Count,
            doubtful.Count + contested.Count, quarantined.Count)
        {
            Which = string.Join(", ", troubled.Take(NamesTold)) + (troubled.Count > NamesTold ? $" and {troubled.Count - NamesTold} more" : ""),
            IsAlive = decided.Count == 0 || rows.Exists(row => now - row.EvaluatedAt <= PolicyRollout.LongestGap),
            IsPartial = seen is InventoryReading.Partial || seen.Unread.Count > 0 || seen.Targets.Any(policies.Rollout.IsUntold),
        };

        // A doubt that may yet turn out to last must not be left behind in the ring before.
        bool IsUnsure(TargetRow row) => row.Trial!.DoubtSince >= From(row) && row.Trial.DoubtSince > now - DoubtLasts;

        TargetRow? Tried(TargetRow? row) => row?.Trial?.Version == open.Next ? row : null;

        // What began under the set before is not the doing of this one.
        DateTimeOffset From(TargetRow row) => row.Trial!.Since > open.TroublesFrom ? row.Trial.Since : open.TroublesFrom;

        List<TargetId> Since(Func<TargetRow, DateTimeOffset?> trouble) => [.. rows.Where(row => trouble(row) >= open.TroublesFrom).Select(row => row.Target)];
    }
}
