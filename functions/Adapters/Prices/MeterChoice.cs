using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Adapters.Prices;

/// <summary>Picks the one meter that bills something. Two that ask different prices price nothing: a guess would pass for a fact.</summary>
internal static class MeterChoice
{
    private const string PayAsYouGo = "Consumption";

    /// <param name="meters">What the price list has of the service, whatever else is among it.</param>
    /// <param name="rule">How the type of resource is billed.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="now">Prices begin and end.</param>
    public static PriceReading Of(IEnumerable<PricedMeter> meters, IMeterRule rule, PriceQuery query, string currency, DateTimeOffset now)
    {
        var fitting = meters.Where(meter =>
            meter.Service == rule.Service
            && string.Equals(meter.Region, query.Region, StringComparison.OrdinalIgnoreCase)
            && meter is { Type: PayAsYouGo, TierMinimum: 0, Amount: > 0 } && meter.Unit == rule.Unit.Name
            && meter.Currency == currency && meter.From <= now && !(meter.Until <= now)
            && rule.Bills(meter, query)).ToList();

        // A meter may be listed for several regions of billing; the primary one is what the region itself asks.
        var counting = fitting.Exists(meter => meter.IsPrimary) ? fitting.FindAll(meter => meter.IsPrimary) : fitting;
        return counting.Select(meter => meter.Amount).Distinct().Count() switch
        {
            0 => new PriceReading.Missing($"Azure lists no price in {currency} of {query.Sku} in {query.Region}"),
            1 => new PriceReading.Known(new Price(
                new Money(counting[0].Amount / rule.Unit.Hours, currency), PriceBasis.Retail, DateOnly.FromDateTime(now.UtcDateTime),
                $"{counting[0].Product}, {counting[0].Meter}")),
            var different => new PriceReading.Missing($"Azure lists {different} different prices of {query.Sku} in {query.Region}"),
        };
    }
}
