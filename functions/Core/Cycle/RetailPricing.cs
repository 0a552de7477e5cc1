using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Completes the prices of guardrails that cap what a fleet may cost by Azure's retail prices, where they declare none. Nothing is
/// asked while no guardrails cap that, or every size has a declared price.
/// </summary>
public sealed class RetailPricing(IPriceSource prices)
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
            completed.Add(Caps(guardrails) ? await CompleteAsync(guardrails, targets, Ladders(policies), cancellationToken).ConfigureAwait(false) : guardrails);
        }

        return policies with { Guardrails = completed };
    }

    private static IReadOnlyList<IReadOnlyList<string>> Ladders(PolicySet policies) => [.. policies.VerticalScaling.Select(policy => policy.Sizes)];

    /// <summary>The size a target has, and those it may get.</summary>
    private static IEnumerable<PriceQuery> Queries(ObservedTarget target, IReadOnlyList<IReadOnlyList<string>> ladders)
    {
        var own = PriceQuery.Of(target);
        return ladders.Where(ladder => ladder.Contains(own.Sku, StringComparer.OrdinalIgnoreCase))
            .SelectMany(ladder => ladder.Where(size => !string.Equals(size, own.Sku, StringComparison.OrdinalIgnoreCase)))
            .Select(size => own with { Sku = size })
            .Prepend(own);
    }

    private static bool Caps(GuardrailsPolicy guardrails) => guardrails is { Fleet.SpendPerHour: not null, Prices: not null };

    private async Task<GuardrailsPolicy> CompleteAsync(
        GuardrailsPolicy guardrails, IReadOnlyList<ObservedTarget> targets, IReadOnlyList<IReadOnlyList<string>> ladders, CancellationToken cancellationToken)
    {
        var list = guardrails.Prices!;
        var queries = targets.SelectMany(target => Queries(target, ladders)).Where(query => list.Of(query.Sku) is null).Distinct().ToList();
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
