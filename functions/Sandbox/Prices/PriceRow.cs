namespace ScaleFunctions.Sandbox.Prices;

/// <summary>A line of the simulated price list.</summary>
/// <param name="Service">Name of the service.</param>
/// <param name="Product">Name of the product.</param>
/// <param name="Sku">Name of the size for people.</param>
/// <param name="ArmSku">Name of the size as resources have it.</param>
/// <param name="Meter">Name of the meter.</param>
/// <param name="Region">Region name.</param>
/// <param name="Dollars">Price of a unit in USD.</param>
/// <param name="Type">How it is paid for.</param>
/// <param name="Unit">What one pays for: an hour, a month, a GB for a month.</param>
public sealed record PriceRow(
    string Service, string Product, string Sku, string ArmSku, string Meter, string Region, decimal Dollars, string Type = "Consumption",
    string Unit = PriceRow.Hour)
{
    public const string Hour = "1 Hour";
    public const string Month = "1/Month";
    public const string GigabyteMonth = "1 GB/Month";
}
