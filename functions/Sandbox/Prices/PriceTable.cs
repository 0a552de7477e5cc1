namespace ScaleFunctions.Sandbox.Prices;

/// <summary>
/// The sandbox's price list. The Linux prices of machines are Azure's own, pay-as-you-go in USD as of 2026-06-18, as the sources of
/// Azure/karpenter-provider-azure have them (pkg/providers/pricing, commit 352646f, Apache-2.0). <b>Everything else is simulated</b>:
/// Windows is 0.046 USD a core above Linux, Spot a fifth of it, a reservation is for a year, and plans and throughput units have
/// prices of about the right size. Nothing here is a price to reckon with.
/// </summary>
internal static class PriceTable
{
    private const decimal WindowsPerCore = 0.046m;

    private static readonly string[] Regions = ["westeurope", "northeurope", "swedencentral", "eastus"];

    private static readonly (string Size, string Name, string Series, int Cores, decimal[] Dollars)[] Machines =
    [
        ("Standard_D2s_v5", "D2s v5", "Dsv5", 2, [0.115m, 0.107m, 0.102m, 0.096m]),
        ("Standard_D4s_v5", "D4s v5", "Dsv5", 4, [0.230m, 0.214m, 0.204m, 0.192m]),
        ("Standard_D8s_v5", "D8s v5", "Dsv5", 8, [0.460m, 0.428m, 0.408m, 0.384m]),
        ("Standard_E4s_v5", "E4s v5", "Esv5", 4, [0.304m, 0.282m, 0.268m, 0.252m]),
    ];

    private static readonly (string Sku, string Product, decimal Linux, decimal Windows)[] Plans =
    [
        ("S1", "Standard", 0.095m, 0.1m),
        ("P1 v3", "Premium v3", 0.17m, 0.335m),
        ("P2 v3", "Premium v3", 0.34m, 0.67m),
    ];

    public static IReadOnlyList<PriceRow> All { get; } =
    [
        .. from region in Enumerable.Range(0, Regions.Length) from machine in Machines from row in Rows(machine, region) select row,
        .. from region in Regions from plan in Plans from row in Rows(plan, region) select row,
        .. Regions.Select(region => new PriceRow("Event Hubs", "Event Hubs", "Standard", "", "Standard Throughput Unit", region, 0.03m)),
    ];

    private static IEnumerable<PriceRow> Rows((string Size, string Name, string Series, int Cores, decimal[] Dollars) machine, int region)
    {
        var linux = machine.Dollars[region];
        PriceRow Row(string product, string suffix, decimal dollars, string type = "Consumption") => new(
            "Virtual Machines", $"Virtual Machines {machine.Series} Series{product}", machine.Name + suffix, machine.Size, machine.Name + suffix,
            Regions[region], dollars, type);

        yield return Row("", "", linux);
        yield return Row(" Windows", "", linux + (machine.Cores * WindowsPerCore));
        yield return Row("", " Spot", linux / 5);
        yield return Row("", " Low Priority", linux / 5);
        yield return Row("", "", Math.Round(linux * 0.6m * 8760), "Reservation");
        yield return Row(" Windows", "", linux, "DevTestConsumption");
    }

    private static IEnumerable<PriceRow> Rows((string Sku, string Product, decimal Linux, decimal Windows) plan, string region)
    {
        yield return Row(" - Linux", plan.Linux);
        yield return Row("", plan.Windows);

        PriceRow Row(string system, decimal dollars) => new(
            "Azure App Service", $"Azure App Service {plan.Product} Plan{system}", plan.Sku, "", $"{plan.Sku} App", region, dollars);
    }
}
