using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Policies;

/// <summary>
/// What an instance costs an hour: as its owner declares it, and where that says nothing, as Azure's retail price list has it. A size
/// that neither has has no price, never a guessed one.
/// </summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="AsOf">The day the declared prices are of; nothing to go by when none is declared.</param>
/// <param name="PerHour">By size, or by a pattern of sizes such as <c>Standard_D*</c>.</param>
public sealed record PriceList(string Currency, DateOnly AsOf, IReadOnlyList<KeyValuePair<string, decimal>> PerHour)
{
    /// <summary>Azure's retail prices of what is not declared, as far as somebody looked them up. No part of what a person wrote.</summary>
    public IReadOnlyDictionary<PriceQuery, Price> Retail { get; init; } = new Dictionary<PriceQuery, Price>();

    /// <summary>The declared price of the size itself, else of the longest pattern it fits.</summary>
    public decimal? Of(string sku)
    {
        var fitting = PerHour.Where(price => NamePattern.Fits(price.Key, sku)).ToList();
        return fitting.Count == 0 ? null : fitting.MaxBy(price => (!price.Key.Contains('*'), price.Key.Length)).Value;
    }

    /// <summary>The declared price, else the retail one.</summary>
    public Price? Of(PriceQuery query) => Of(query.Sku) is { } declared
        ? new Price(new Money(declared, Currency), PriceBasis.Declared, AsOf, "")
        : Retail.GetValueOrDefault(query);

    /// <summary>The most that an instance of a size is known to cost, for what is known by its size only.</summary>
    public decimal? AtMost(string sku) => Of(sku) ?? Retail
        .Where(each => string.Equals(each.Key.Sku, sku, StringComparison.OrdinalIgnoreCase))
        .Max(each => (decimal?)each.Value.PerHour.Amount);
}
