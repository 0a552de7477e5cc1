using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Completes the prices of guardrails that cap what a fleet may cost by Azure's retail prices, where they declare none. Nothing is
/// asked while no guardrails cap that, or every size has a declared price.
/// </summary>
/// <param name="prices">Azure's prices.</param>
/// <param name="limits">Which sizes a family has; absent where that is not read, so that only those that are listed have a price.</param>
public sealed class RetailPricing(IPriceSource prices, IComputeLimits? limits = null)
{
    public async Task<PolicySet> CompleteAsync(PolicySet policies, IReadOnlyList<ObservedTarget> targets, CancellationToken cancellationToken)
    {
        if (!policies.Guardrails.Any(Caps))
        {
            return policies;
        }

        var completed = new List<GuardrailsPolicy>();
        foreach (var guardrails in policies.Guardrails)
        {
            completed.Add(Caps(guardrails) ? await CompleteAsync(guardrails, targets, [.. policies.Deciding.SelectMany(set => set.VerticalScaling)], cancellationToken).ConfigureAwait(false) : guardrails);
        }

        return policies with { Guardrails = completed };
    }

    /// <summary>The size a target has, and those it may get.</summary>
    private async Task<IEnumerable<PriceQuery>> QueriesAsync(
        ObservedTarget target, IReadOnlyList<VerticalScalingPolicy> ladders,
        Dictionary<(int Ladder, string Subscription, string Region), IReadOnlyList<string>> known, CancellationToken cancellationToken)
    {
        var own = PriceQuery.Of(target);
        var sizes = new List<string>();
        foreach (var (index, policy) in ladders.Index())
        {
            var place = (index, target.Id.Subscription, IsMachine(target) ? target.Region : "");
            if (!known.TryGetValue(place, out var ladder))
            {
                known[place] = ladder = policy.Family is null ? policy.Sizes : policy.On(await OffersAsync(target, cancellationToken).ConfigureAwait(false)).Sizes;
            }

            sizes.AddRange(ladder.Contains(own.Sku, StringComparer.OrdinalIgnoreCase) ? ladder : []);
        }

        return sizes.Where(size => !string.Equals(size, own.Sku, StringComparison.OrdinalIgnoreCase)).Select(size => own with { Sku = size }).Prepend(own);
    }

    /// <summary>What there is where a target is; nothing when nobody knows.</summary>
    private async Task<IReadOnlyDictionary<string, SizeOffer>> OffersAsync(ObservedTarget target, CancellationToken cancellationToken) =>
        !IsMachine(target) ? PlanSizes.All
        : limits is not null && await limits.ReadSizesAsync(target.Id.Subscription, target.Region, cancellationToken).ConfigureAwait(false)
            is FactReading<IReadOnlyDictionary<string, SizeOffer>>.Known known ? known.Value
        : new Dictionary<string, SizeOffer>();

    private static bool IsMachine(ObservedTarget target) => target.Id.ResourceType.StartsWith("Microsoft.Compute/", StringComparison.OrdinalIgnoreCase);

    private static bool Caps(GuardrailsPolicy guardrails) => guardrails is { Fleet.SpendPerHour: not null, Prices: not null };

    private async Task<GuardrailsPolicy> CompleteAsync(
        GuardrailsPolicy guardrails, IReadOnlyList<ObservedTarget> targets, IReadOnlyList<VerticalScalingPolicy> ladders, CancellationToken cancellationToken)
    {
        var list = guardrails.Prices!;
        var (queries, known) = (new HashSet<PriceQuery>(), new Dictionary<(int Ladder, string Subscription, string Region), IReadOnlyList<string>>());
        foreach (var target in targets)
        {
            queries.UnionWith((await QueriesAsync(target, ladders, known, cancellationToken).ConfigureAwait(false)).Where(query => list.Of(query.Sku) is null));
        }

        if (queries.Count == 0)
        {
            return guardrails;
        }

        var readings = await prices.ReadAsync(queries, list.Currency, cancellationToken).ConfigureAwait(false);
        return guardrails with
        {
            Prices = list with
            {
                Retail = readings
                    .Where(each => each.Value is PriceReading.Known known && known.Price.PerHour.Currency == list.Currency)
                    .ToDictionary(each => each.Key, each => ((PriceReading.Known)each.Value).Price),
            },
        };
    }
}
