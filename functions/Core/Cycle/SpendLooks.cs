using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Makes looks of the fast clock from an inventory.</summary>
/// <param name="prices">Azure's prices.</param>
public sealed class SpendLooks(IPriceSource prices)
{
    private const string Machine = "Microsoft.Compute/virtualMachines";

    /// <summary>A look at each subscription. What somebody else scales costs as much as what we do, and is counted as well.</summary>
    /// <param name="seen">The estate.</param>
    /// <param name="policies">What is declared for a target goes before Azure's price, as everywhere.</param>
    /// <param name="rows">What is known of our own changes.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<(string Subscription, ManagementGroups Groups, SpendLook Look)>> MakeAsync(
        InventoryReading seen, PolicySet policies, IReadOnlyList<TargetRow> rows, string currency, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var targets = Counted(seen);
        var priced = await PricesAsync(targets, policies, currency, cancellationToken).ConfigureAwait(false);
        var changes = rows.ToDictionary(row => row.Target.Key, row => (IReadOnlyList<CountChange>)[.. row.History.Changes.Select(change => new CountChange(change.At, change.To))]);
        return
        [
            .. targets.GroupBy(target => target.Id.Subscription.ToLowerInvariant()).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (
                group.Key, group.Select(target => target.ManagementGroups).FirstOrDefault(groups => groups is ManagementGroups.Read) ?? ManagementGroups.NotRead,
                new SpendLook(now, seen is InventoryReading.Complete, group.DistinctBy(target => target.Id.Key).ToDictionary(
                    target => target.Id.Key,
                    target => new SeenResource(new SpendSighting(now, target.Capacity, target.Sku, priced[target]), target.Tags, changes.GetValueOrDefault(target.Id.Key) ?? []))))),
        ];
    }

    /// <summary>A machine that is left alone may be an instance of a scale set, which is counted with its set.</summary>
    private static List<ObservedTarget> Counted(InventoryReading seen) =>
        [.. seen.Targets, .. seen.LeftAlone.Where(target => !target.Id.ResourceType.Equals(Machine, StringComparison.OrdinalIgnoreCase))];

    /// <summary>Of the guardrails that bound it; what no workload selects is bounded by those that are for all of them.</summary>
    private static Price? Declared(PolicySet policies, ObservedTarget target, string currency)
    {
        var own = policies.For(target) is TargetPolicies.Resolved resolved ? resolved.Guardrails : policies.Guardrails.Where(guardrails => guardrails.Workloads.Count == 0);
        return own.Select(guardrails => guardrails.Prices).OfType<PriceList>().Where(list => list.Currency == currency)
            .Select(list => list.Of(target.Sku) is { } perHour ? new Price(new Money(perHour, currency), PriceBasis.Declared, list.AsOf, "") : null)
            .FirstOrDefault(price => price is not null);
    }

    private async Task<Dictionary<ObservedTarget, PriceReading>> PricesAsync(
        List<ObservedTarget> targets, PolicySet policies, string currency, CancellationToken cancellationToken)
    {
        var known = new Dictionary<ObservedTarget, PriceReading>(ReferenceEqualityComparer.Instance);
        var asked = new List<ObservedTarget>();
        foreach (var target in targets)
        {
            if (Declared(policies, target, currency) is { } declared)
            {
                known[target] = new PriceReading.Known(declared);
            }
            else
            {
                asked.Add(target);
            }
        }

        var answers = asked.Count == 0 ? new Dictionary<PriceQuery, PriceReading>()
            : await prices.ReadAsync([.. asked.Select(PriceQuery.Of).Distinct()], currency, cancellationToken).ConfigureAwait(false);
        foreach (var target in asked)
        {
            known[target] = answers.GetValueOrDefault(PriceQuery.Of(target)) switch
            {
                PriceReading.Known price when price.Price.PerHour.Currency != currency => new PriceReading.Missing($"its price is told in {price.Price.PerHour.Currency}, not in {currency}"),
                { } answer => answer,
                null => new PriceReading.Missing("nothing was answered for it"),
            };
        }

        return known;
    }
}
