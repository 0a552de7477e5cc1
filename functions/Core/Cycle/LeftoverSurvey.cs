using System.Collections.Concurrent;
using ScaleFunctions.Core.Assessments;
using ScaleFunctions.Core.Assessments.Leftovers;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Looks for what stands about, and prices it. It only reads.</summary>
public sealed class LeftoverSurvey(ILeftoverSource source, ITargetInventory inventory, CapacityReadings readings, IPriceSource prices, TimeProvider time)
{
    /// <summary>Looks at all of an estate.</summary>
    /// <param name="policies">What is looked at, and as what; of several that select a resource the first counts.</param>
    /// <param name="progress">Does work of some pieces, and shows how many are done.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<LeftoverLook> LookAsync(IReadOnlyList<UsageFindingsPolicy> policies, Func<string, int, Func<Action, Task>, Task> progress, CancellationToken cancellationToken)
    {
        InventoryReading? listed = null;
        StandingReading? told = null;
        await progress("listing resources", 2, async isDone =>
        {
            listed = await inventory.ListAsync(cancellationToken).ConfigureAwait(false);
            isDone();
            told = await source.ReadAsync(cancellationToken).ConfigureAwait(false);
            isDone();
        }).ConfigureAwait(false);
        var seen = listed!;
        var now = time.GetUtcNow();
        var problems = new List<string>();
        if (seen is InventoryReading.Partial partial)
        {
            problems.Add(partial.Reason);
        }

        if (told is StandingReading.Missing missing)
        {
            problems.Add(missing.Why);
        }

        var resources = (told as StandingReading.Known)?.Resources ?? [];
        var known = seen.Targets.Concat(seen.LeftAlone).DistinctBy(target => target.Id).ToDictionary(target => target.Id.Key);
        var disks = resources.OfType<StandingResource.Disk>().ToLookup(disk => disk.UsedBy, StringComparer.OrdinalIgnoreCase);
        var found = resources.Select(resource => (Policy: policies.FirstOrDefault(policy => policy.Select.Holds(Observed(resource, now))), Resource: resource))
            .Where(each => each.Policy is not null)
            .Select(each => (Policy: each.Policy!, Leftover: LeftoverRule.Of(each.Resource, [.. disks[each.Resource.Id.Value]], known, each.Policy!, now)))
            .Where(each => each.Leftover is not null).Select(each => (each.Policy, Leftover: each.Leftover!)).ToList();
        var standing = found.Select(each => each.Leftover.Id).ToHashSet();
        found.AddRange(await IdleAsync([.. seen.Targets.Where(target => !standing.Contains(target.Id))], policies, problems, progress, cancellationToken).ConfigureAwait(false));
        return new LeftoverLook(now, await PriceAsync(found, cancellationToken).ConfigureAwait(false), problems);
    }

    /// <summary>Machines and plans that run and do nothing. Scale sets are scaled by their load, and told by rightsizing.</summary>
    private async Task<List<(UsageFindingsPolicy Policy, Leftover Leftover)>> IdleAsync(
        List<ObservedTarget> targets, IReadOnlyList<UsageFindingsPolicy> policies, List<string> problems, Func<string, int, Func<Action, Task>, Task> progress, CancellationToken cancellationToken)
    {
        var idle = new List<(UsageFindingsPolicy, Leftover)>();
        foreach (var group in targets.Where(target => target.Capacity > 0 && ProcessorMetric.Of(target.Id, target.Sku) is { Count: InstanceCount.One or InstanceCount.Now, ResourceType: "Microsoft.Web/serverfarms" or "Microsoft.Compute/virtualMachines" })
            .Select(target => (Policy: policies.FirstOrDefault(policy => policy.Select.Holds(target)), Target: target))
            .Where(each => each.Policy is not null).GroupBy(each => each.Policy!))
        {
            var uses = new ConcurrentDictionary<TargetId, CapacityUse>();
            var batches = CapacityReadings.Batches(group.Select(each => each.Target));
            await progress("reading metrics", batches.Count, isDone => readings.ReadAsync(
                batches, uses, new AssessmentTerms { Span = group.Key.Within, IdlePercent = group.Key.IdleBelow, Currency = group.Key.Currency }, isDone, cancellationToken)).ConfigureAwait(false);
            foreach (var (_, target) in group)
            {
                switch (uses.GetValueOrDefault(target.Id))
                {
                    case CapacityUse.Unjudged { IsGap: true } gap:
                        problems.Add($"{target.Id.Name}: {gap.Why}");
                        break;
                    case { } use when LeftoverRule.Of(target, use, group.Key) is { } leftover:
                        idle.Add((group.Key, leftover));
                        break;
                }
            }
        }

        return idle;
    }

    private async Task<IReadOnlyList<PricedLeftover>> PriceAsync(List<(UsageFindingsPolicy Policy, Leftover Leftover)> found, CancellationToken cancellationToken)
    {
        var priced = new List<PricedLeftover>();
        foreach (var group in found.GroupBy(each => each.Policy.Currency))
        {
            var queries = group.SelectMany(each => each.Leftover.Parts).Select(part => part.Query).Distinct().ToList();
            var known = queries.Count == 0 ? new Dictionary<PriceQuery, PriceReading>() : await prices.ReadAsync(queries, group.Key, cancellationToken).ConfigureAwait(false);
            priced.AddRange(group.Select(each => PricedLeftover.Of(each.Leftover, each.Policy, known)));
        }

        return [.. priced.OrderByDescending(each => each.PerMonth ?? 0).ThenBy(each => each.Leftover.Id.Key, StringComparer.Ordinal)];
    }

    /// <summary>As selections know resources.</summary>
    private static ObservedTarget Observed(StandingResource resource, DateTimeOffset now) => new()
    {
        Id = resource.Id,
        Region = resource.Region,
        Sku = resource.Sku,
        Capacity = 0,
        IsUpdating = false,
        Tags = resource.Tags,
        ManagementGroups = resource.ManagementGroups,
        ReadAt = now,
    };
}
