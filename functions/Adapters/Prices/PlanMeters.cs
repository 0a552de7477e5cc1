using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Prices;

/// <summary>
/// App Service plans: products are "Azure App Service Premium v3 Plan", for Windows, and the same with " - Linux". Sizes are found by
/// their name for people, which has a blank before the version or has not: "P1 v3", "P0v3".
/// </summary>
internal sealed class PlanMeters : IMeterRule
{
    private const string Linux = " - Linux";

    public string Service => "Azure App Service";

    public IReadOnlyList<string> ResourceTypes => ["microsoft.web/serverfarms"];

    public string? WhyNot(PriceQuery query) => query switch
    {
        { Terms: null } => "what runs on it, Linux or Windows, is not known",
        { Terms.IsSpot: true } => "it runs on spot capacity, whose price changes",

        // Y1, FC1, EP1 …: by executions, or by cores and memory of the service "Functions".
        { Sku: ['Y' or 'y' or 'F' or 'f' or 'E' or 'e' or 'W' or 'w', ..] } => $"a plan of size {query.Sku} is not billed by its instances",
        _ => null,
    };

    public (string Field, IReadOnlyList<string> Values) Find(PriceQuery query) => ("skuName", Names(query.Sku));

    public bool Bills(PricedMeter meter, PriceQuery query) =>
        meter.Product.EndsWith(query.Terms!.System == BilledSystem.Linux ? $" Plan{Linux}" : " Plan", StringComparison.Ordinal)
        && !meter.Product.Contains("Container", StringComparison.Ordinal)
        && string.Equals(Bare(meter.Sku), Bare(query.Sku), StringComparison.OrdinalIgnoreCase);

    private static string[] Names(string sku)
    {
        var version = sku.LastIndexOf('v');
        return version > 0 ? [sku, $"{sku[..version]} {sku[version..]}"] : [sku];
    }

    private static string Bare(string sku) => sku.Replace(" ", "", StringComparison.Ordinal);
}
