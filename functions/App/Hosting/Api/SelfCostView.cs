using System.Globalization;
using ScaleFunctions.Core.SelfCosts;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>What this tool itself costs a month, for the faces.</summary>
/// <param name="Basis">Where the quantities come from.</param>
/// <param name="PriceSource">Where the prices come from.</param>
/// <param name="Total">The sum of what has a price.</param>
/// <param name="Currency">Of all amounts.</param>
/// <param name="WithoutPrice">Lines that are not in it.</param>
/// <param name="Lines">By what is used.</param>
internal sealed record SelfCostView(
    string Basis, string PriceSource, decimal Total, string Currency, int WithoutPrice, IReadOnlyList<SelfCostView.Line> Lines)
{
    public static SelfCostView Of(SelfCostStatement statement) => new(
        statement.Basis, SelfPrices.Source, statement.Total.Amount, statement.Total.Currency, statement.WithoutPrice, [.. statement.Lines.Select(Line.Of)]);

    /// <param name="Item">What.</param>
    /// <param name="Quantity">Units a month.</param>
    /// <param name="Unit">Of what.</param>
    /// <param name="Basis">Where the quantity comes from.</param>
    /// <param name="Amount">A month; absent when there is no price.</param>
    /// <param name="Price">What the price is and of which day; or why there is none.</param>
    internal sealed record Line(string Item, decimal Quantity, string Unit, string Basis, decimal? Amount, string Price)
    {
        public static Line Of(SelfCostLine line) => new(
            line.Item, Math.Round(line.Quantity, line.Quantity < 100 ? 2 : 0), line.Unit, line.Basis,
            line.Amount switch
            {
                SelfAmount.Known known => known.Money.Amount,
                SelfAmount.Free => 0,
                _ => null,
            },
            line.Amount switch
            {
                SelfAmount.Known { Price: var price } => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{price.Amount} {SelfPrices.Currency} per {(price.Per == 1 ? "" : $"{price.Per:N0} ")}{line.Unit}{(price.Free == 0 ? "" : $", {price.Free:N0} free")}, as of {price.AsOf:yyyy-MM-dd}"),
                SelfAmount.Missing missing => $"missing: {missing.Why}",
                _ => "free",
            });
    }
}
