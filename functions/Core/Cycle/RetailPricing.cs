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
            completed.Add(Caps(guardrails) ? await CompleteAsync(guardrails, targets, cancellationToken).ConfigureAwait(false) : guardrails);
        }

        return policies with { Guardrails = completed };
    }

    private static bool Caps(GuardrailsPolicy guardrails) => guardrails is { Fleet.SpendPerHour: not null, Prices: not null };

    private async Task<GuardrailsPolicy> CompleteAsync(
        GuardrailsPolicy guardrails, IReadOnlyList<ObservedTarget> targets, CancellationToken cancellationToken)
    {
        var list = guardrails.Prices!;
        var queries = targets.Where(target => list.Of(target.Sku) is null).Select(PriceQuery.Of).Distinct().ToList();
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
