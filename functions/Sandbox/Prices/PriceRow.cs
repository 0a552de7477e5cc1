namespace ScaleFunctions.Sandbox.Prices;

/// <summary>A line of the simulated price list.</summary>
/// <param name="Service">Name of the service.</param>
/// <param name="Product">Name of the product.</param>
/// <param name="Sku">Name of the size for people.</param>
/// <param name="ArmSku">Name of the size as resources have it.</param>
/// <param name="Meter">Name of the meter.</param>
/// <param name="Region">Region name.</param>
/// <param name="Dollars">Price of an hour in USD.</param>
/// <param name="Type">How it is paid for.</param>
public sealed record PriceRow(
    string Service, string Product, string Sku, string ArmSku, string Meter, string Region, decimal Dollars, string Type = "Consumption");
