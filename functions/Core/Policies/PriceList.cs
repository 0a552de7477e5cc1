namespace ScaleFunctions.Core.Policies;

/// <summary>What an instance costs an hour, as its owner pays it. A size that is not listed has no price, never a guessed one.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="AsOf">The day the prices are of.</param>
/// <param name="PerHour">By size, or by a pattern of sizes such as <c>Standard_D*</c>.</param>
public sealed record PriceList(string Currency, DateOnly AsOf, IReadOnlyList<KeyValuePair<string, decimal>> PerHour)
{
    /// <summary>The price of the size itself, else of the longest pattern it fits.</summary>
    public decimal? Of(string sku)
    {
        var fitting = PerHour.Where(price => NamePattern.Fits(price.Key, sku)).ToList();
        return fitting.Count == 0 ? null : fitting.MaxBy(price => (!price.Key.Contains('*'), price.Key.Length)).Value;
    }
}
