using ScaleFunctions.Core.Assessments;
using ScaleFunctions.Core.Assessments.Leftovers;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What stands about, and what it costs. What has no price is told all the same.</summary>
/// <param name="Leftover">What was found.</param>
/// <param name="Policy">Who wants to know.</param>
/// <param name="PerMonth">For 730 hours, in <see cref="Currency"/>; absent where a price is missing.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="AsOf">Day of the oldest price; absent without one.</param>
/// <param name="WhyNotPriced">Empty when it is priced.</param>
public sealed record PricedLeftover(Leftover Leftover, UsageFindingsPolicy Policy, decimal? PerMonth, string Currency, DateOnly? AsOf, string WhyNotPriced)
{
    public static PricedLeftover Of(Leftover leftover, UsageFindingsPolicy policy, IReadOnlyDictionary<PriceQuery, PriceReading> prices)
    {
        var (sum, asOf) = (0m, (DateOnly?)null);
        foreach (var part in leftover.Parts)
        {
            switch (prices.GetValueOrDefault(part.Query))
            {
                case PriceReading.Known { Price: var price } when price.PerHour.Currency == policy.Currency:
                    sum += part.Units * price.PerHour.Amount * AssessmentTerms.HoursPerMonth;
                    asOf = asOf is { } before && before < price.AsOf ? before : price.AsOf;
                    break;
                case PriceReading.Known { Price: var price }:
                    return Missing($"its price is told in {price.PerHour.Currency}");
                case PriceReading.Missing missing:
                    return Missing(missing.Why);
                default:
                    return Missing("nothing was answered for it");
            }
        }

        return new PricedLeftover(leftover, policy, decimal.Round(sum, 2), policy.Currency, asOf, "");

        PricedLeftover Missing(string why) => new(leftover, policy, null, policy.Currency, null, why);
    }
}
