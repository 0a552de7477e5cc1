using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Prices;

/// <summary>
/// Machines, alone or in a scale set. The same size has a meter for Linux, one for Windows, and one each for Spot and Low Priority,
/// which are told apart by words in their names only.
/// </summary>
internal sealed class VirtualMachineMeters : IMeterRule
{
    public string Service => "Virtual Machines";

    public IReadOnlyList<string> ResourceTypes => ["microsoft.compute/virtualmachinescalesets", "microsoft.compute/virtualmachines"];

    public string? WhyNot(PriceQuery query) => query.Terms switch
    {
        null => "what runs on it, Linux or Windows, is not known",
        { IsSpot: true } => "it runs on spot capacity, whose price changes",
        _ => null,
    };

    public (string Field, IReadOnlyList<string> Values) Find(PriceQuery query) => ("armSkuName", [query.Sku]);

    public bool Bills(PricedMeter meter, PriceQuery query) =>
        string.Equals(meter.ArmSku, query.Sku, StringComparison.OrdinalIgnoreCase)
        && !Says(meter.Sku, "Spot") && !Says(meter.Sku, "Low Priority") && !Says(meter.Meter, "Spot") && !Says(meter.Meter, "Low Priority")
        && !Says(meter.Product, "Cloud Services") && !Says(meter.Product, "CloudServices") && !Says(meter.Product, "Dedicated Host")
        && Says(meter.Product, "Windows") == query.Terms is { System: BilledSystem.Windows, BringsLicense: false };

    private static bool Says(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
