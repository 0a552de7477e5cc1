using System.Globalization;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Assessments.Leftovers;

/// <summary>Says what stands about.</summary>
/// <remarks>
/// | | when |
/// | --- | --- |
/// | an unattached disk | no machine has it, not even a deallocated one |
/// | an unused address | no interface, load balancer or gateway has it |
/// | an empty load balancer | nothing is in its pools or behind its NAT rules |
/// | an old snapshot | it is older than the policy says |
/// | a deallocated machine | it is deallocated; since when, the first sight of it tells |
/// | an empty plan | it has no app, and is not free |
/// | an idle machine, or plan | its load, but for the busiest hundredth of quarters, is at most so much of its processors |
///
/// What a manager made (AKS, Databricks) is left to it.
/// </remarks>
public static class LeftoverRule
{
    private const string Snapshots = "Snapshots LRS";

    /// <summary>Plans that cost nothing by themselves: free, and those billed by executions.</summary>
    private static readonly string[] FreePlans = ["F1", "D1", "Y1", "FC1"];

    /// <summary>What is to be said of a resource that does not run; nothing when it is used.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="disks">The disks of a machine.</param>
    /// <param name="priced">How what the inventory knows is billed, by its key.</param>
    /// <param name="policy">How old is old.</param>
    /// <param name="now">The present.</param>
    public static Leftover? Of(
        StandingResource resource, IReadOnlyList<StandingResource.Disk> disks, IReadOnlyDictionary<string, ObservedTarget> priced, UsageFindingsPolicy policy, DateTimeOffset now) => resource switch
        {
            { Manager.Length: > 0 } => null,
            StandingResource.Disk { IsAttached: false, UsedBy.Length: 0 } disk => new Leftover(
                disk.Id, LeftoverKind.UnattachedDisk, Text($"{disk.Gigabytes} GB of {disk.Sku}, no machine has it{Since(disk.Since)}"), [Part(disk)]),
            StandingResource.Snapshot snapshot when now - snapshot.CreatedAt >= policy.SnapshotsOlderThan => new Leftover(
                snapshot.Id, LeftoverKind.OldSnapshot, Text($"of a disk of {snapshot.Gigabytes} GB, taken {snapshot.CreatedAt.UtcDateTime:yyyy-MM-dd}"),
                [new BilledPart(Query(snapshot, Snapshots), snapshot.Gigabytes)]),
            StandingResource.Address { IsUsed: false } address => new Leftover(address.Id, LeftoverKind.UnusedAddress, $"{address.Sku}, nothing has it", [new BilledPart(Query(address, address.Sku), 1)]),
            StandingResource.Balancer { Backends: 0 } balancer => new Leftover(
                balancer.Id, LeftoverKind.EmptyLoadBalancer, Text($"{balancer.Sku}, nothing behind it, {balancer.Rules} rules"),
                balancer.Rules == 0 || balancer.Sku == "Basic" ? [] : [new BilledPart(Query(balancer, balancer.Sku), 1)]),
            StandingResource.Plan { Sites: 0 } plan when !FreePlans.Contains(plan.Sku, StringComparer.OrdinalIgnoreCase) => new Leftover(
                plan.Id, LeftoverKind.EmptyPlan, Text($"no app on {Instances(priced, plan.Id)} × {plan.Sku}"), [Running(priced.GetValueOrDefault(plan.Id.Key), plan)]),
            StandingResource.Machine { IsDeallocated: true } machine => new Leftover(
                machine.Id, LeftoverKind.DeallocatedMachine, Text($"deallocated; disks of it that are paid for: {disks.Count}"), [.. disks.Select(Part)]),
            _ => null,
        };

    /// <summary>What is to be said of a resource that runs and does nothing.</summary>
    public static Leftover? Of(ObservedTarget target, CapacityUse use, UsageFindingsPolicy policy)
    {
        if (use is not CapacityUse.Judged judged || target.Capacity == 0 || 100 * judged.Load > policy.IdleBelow * target.Capacity)
        {
            return null;
        }

        var isMachine = ProcessorMetric.Of(target.Id)?.Count == InstanceCount.One;
        var percent = 100 * judged.Load / target.Capacity;
        return new Leftover(
            target.Id, isMachine ? LeftoverKind.IdleMachine : LeftoverKind.IdlePlan,
            Text($"{target.Capacity} × {target.Sku}: {percent:0.#} % of the processors in all but the busiest hundredth of {policy.Within.TotalDays:0.#} days; look at memory and requests too"),
            [new BilledPart(PriceQuery.Of(target), target.Capacity)])
        {
            Running = target,
        };
    }

    private static BilledPart Part(StandingResource.Disk disk) => new(Query(disk, DiskTier.Of(disk.Sku, disk.Gigabytes) ?? disk.Sku), 1);

    private static BilledPart Running(ObservedTarget? known, StandingResource plan) => known is null ? new BilledPart(Query(plan, plan.Sku), 1) : new BilledPart(PriceQuery.Of(known), known.Capacity);

    private static int Instances(IReadOnlyDictionary<string, ObservedTarget> known, TargetId id) => known.GetValueOrDefault(id.Key)?.Capacity ?? 1;

    private static PriceQuery Query(StandingResource resource, string sku) => new(resource.Id.ResourceType.ToLowerInvariant(), sku, resource.Region, null);

    private static string Since(DateTimeOffset? since) => since is { } known ? Text($" since {known.UtcDateTime:yyyy-MM-dd}") : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
