using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Counts what there is under guardrails that cap a fleet, never too low.</summary>
internal static class FleetMembers
{
    private const decimal LargestSpend = 999_999_999_999.9999m;

    public static bool AreCapped(PolicySet policies) => policies.Guardrails.Any(guardrails => guardrails.Fleet is not null);

    /// <summary>Rooms as long as they can be when written: batches are cut before it is known what is in them.</summary>
    public static IReadOnlyList<FleetRoom> Largest(PolicySet policies) =>
        [.. policies.Guardrails.Where(guardrails => guardrails.Fleet is not null).Select(guardrails => new FleetRoom(guardrails.Name, int.MaxValue, LargestSpend))];

    /// <summary>
    /// Every resource the policies select: with what is on its way to it, and, when the inventory is incomplete, with those
    /// that were seen before.
    /// </summary>
    public static IReadOnlyList<(TargetId Target, FleetMember Member)> Of(PolicySet policies, InventoryReading seen, IEnumerable<TargetRow> rows)
    {
        var (known, whole) = (rows.ToDictionary(row => row.Target), policies.Whole);
        var listed = seen.Targets
            .DistinctBy(target => target.Id)
            .Select(target => (Target: target, Row: known.GetValueOrDefault(target.Id)))
            .Select(each => (each.Target, each.Row, Workload: WorkloadOf(whole, each.Target) ?? WorkloadOf(policies, each.Target) ?? each.Row?.Standing?.Workload))
            .Where(each => each.Workload is not null)
            .Select(each => (each.Target.Id, new FleetMember(each.Workload!, each.Target.Sku, Math.Max(each.Target.Capacity, Since(each.Target, each.Row)), PriceQuery.Of(each.Target))
            {
                OtherSizes = SizesOnTheWay(each.Row, each.Target.ReadAt),
            }));
        var ids = seen.Targets.Select(target => target.Id).ToHashSet();
        var missing = seen is InventoryReading.Partial
            ? known.Values
                .Where(row => !ids.Contains(row.Target) && row.Standing is not null)
                .Select(row => (row.Target, new FleetMember(row.Standing!.Workload, row.Standing.Sku, Math.Max(row.LastKnownCapacity ?? 0, row.Intent?.Goal ?? 0))
                {
                    OtherSizes = SizesOnTheWay(row, DateTimeOffset.MaxValue),
                }))
            : [];
        return [.. listed, .. missing];
    }

    /// <summary>
    /// The workload it counts for. One whose policies are broken, or that others claim too, is not scaled; its instances are
    /// there all the same.
    /// </summary>
    private static string? WorkloadOf(PolicySet policies, ObservedTarget target) => policies.For(target) is TargetPolicies.Resolved resolved
        ? resolved.Workload.Name
        : policies.Of(target).Workloads.FirstOrDefault(workload => workload.Select.Selects(target))?.Name;

    /// <summary>What was asked for since the inventory was read.</summary>
    private static int Since(ObservedTarget target, TargetRow? row) => Math.Max(
        row?.Intent?.Goal ?? 0,
        row?.LastKnownAt > target.ReadAt ? row.LastKnownCapacity ?? 0 : 0);

    /// <summary>A bigger size that was asked for is paid, whatever an inventory of before says; one that is left is until all have left it.</summary>
    private static IReadOnlyList<string> SizesOnTheWay(TargetRow? row, DateTimeOffset readAt) =>
    [
        .. new[] { row?.Intent?.Size, row?.RollOut?.From, row?.RollOut?.To, row?.Restage?.From, row?.Restage?.To }
            .Concat(row?.Sizes.Changes.Where(change => change.At > readAt).Select(change => change.To) ?? []).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>What each batch may add.</summary>
    public static IReadOnlyList<EvaluateRequest> Deal(
        PolicySet policies, IReadOnlyList<EvaluateRequest> batches, IReadOnlyList<(TargetId Target, FleetMember Member)> members, DateTimeOffset now)
    {
        var rooms = FleetRooms.Of(policies.Guardrails, [.. members.Select(each => each.Member)]);
        var byTarget = members.ToDictionary(each => each.Target, each => each.Member);
        var dealt = rooms.Select(room =>
        {
            var guardrails = policies.Guardrails.First(each => each.Name == room.Guardrails);
            return FleetRooms.Deal(
                room, guardrails,
                [.. batches.Select(batch => (IReadOnlyList<FleetMember>)[.. batch.Targets
                    .Select(target => byTarget.GetValueOrDefault(target.Id)).OfType<FleetMember>().Where(member => guardrails.Bounds(member.Workload))])],
                now.ToUnixTimeSeconds() / 60);
        }).ToList();
        return [.. batches.Select((batch, index) => batch with { Rooms = [.. dealt.Select(each => each[index])] })];
    }
}
