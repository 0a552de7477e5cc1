namespace ScaleFunctions.Sandbox.Prices;

/// <summary>
/// The sandbox's price list. The Linux prices of machines are Azure's own, pay-as-you-go in USD as of 2026-06-18, as the sources of
/// Azure/karpenter-provider-azure have them (pkg/providers/pricing, commit 352646f, Apache-2.0); for D2as v5 in eastus and for D4as v5
/// and D8as v5 outside of westeurope and eastus it has those of Windows, so there they follow from the other sizes of the series, whose
/// price is in proportion to the cores. <b>Everything else is simulated</b>: Windows is 0.046 USD a core above Linux, Spot a fifth of
/// it, a reservation is for a year, and plans, throughput units, disks, snapshots, addresses and load balancers have prices of about the
/// right size. Nothing here is a price to reckon with.
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
        ("Standard_D16s_v5", "D16s v5", "Dsv5", 16, [0.920m, 0.856m, 0.816m, 0.768m]),
        ("Standard_D2as_v5", "D2as v5", "Dasv5", 2, [0.104m, 0.096m, 0.092m, 0.086m]),
        ("Standard_D4as_v5", "D4as v5", "Dasv5", 4, [0.208m, 0.192m, 0.184m, 0.172m]),
        ("Standard_D8as_v5", "D8as v5", "Dasv5", 8, [0.416m, 0.384m, 0.368m, 0.344m]),
        ("Standard_D2ds_v5", "D2ds v5", "Ddsv5", 2, [0.136m, 0.126m, 0.120m, 0.113m]),
        ("Standard_D4ds_v5", "D4ds v5", "Ddsv5", 4, [0.272m, 0.252m, 0.240m, 0.226m]),
        ("Standard_D8ds_v5", "D8ds v5", "Ddsv5", 8, [0.544m, 0.504m, 0.480m, 0.452m]),
        ("Standard_E2s_v5", "E2s v5", "Esv5", 2, [0.152m, 0.141m, 0.134m, 0.126m]),
        ("Standard_E4s_v5", "E4s v5", "Esv5", 4, [0.304m, 0.282m, 0.268m, 0.252m]),
        ("Standard_E8s_v5", "E8s v5", "Esv5", 8, [0.608m, 0.564m, 0.536m, 0.504m]),
        ("Standard_F2s_v2", "F2s v2", "FSv2", 2, [0.097m, 0.096m, 0.097m, 0.0846m]),
        ("Standard_F4s_v2", "F4s v2", "FSv2", 4, [0.194m, 0.192m, 0.194m, 0.169m]),
        ("Standard_F8s_v2", "F8s v2", "FSv2", 8, [0.388m, 0.384m, 0.388m, 0.338m]),
        ("Standard_B1ms", "B1ms", "BS", 1, [0.024m, 0.0227m, 0.0216m, 0.0207m]),
        ("Standard_B2ms", "B2ms", "BS", 2, [0.096m, 0.091m, 0.0864m, 0.0832m]),
        ("Standard_B4ms", "B4ms", "BS", 4, [0.192m, 0.182m, 0.173m, 0.166m]),
    ];

    private static readonly (string Sku, string Product, decimal Linux, decimal Windows)[] Plans =
    [
        ("B1", "Basic", 0.018m, 0.075m),
        ("B2", "Basic", 0.036m, 0.15m),
        ("B3", "Basic", 0.072m, 0.3m),
        ("S1", "Standard", 0.095m, 0.1m),
        ("S2", "Standard", 0.19m, 0.2m),
        ("S3", "Standard", 0.38m, 0.4m),
        ("P0v3", "Premium v3", 0.085m, 0.1675m),
        ("P1 v3", "Premium v3", 0.17m, 0.335m),
        ("P2 v3", "Premium v3", 0.34m, 0.67m),
        ("P3 v3", "Premium v3", 0.68m, 1.34m),
    ];

    private static readonly (string Sku, string Product, decimal Dollars)[] Disks =
    [
        ("P4 LRS", "Premium SSD", 5.3m), ("P6 LRS", "Premium SSD", 10.2m), ("P10 LRS", "Premium SSD", 19.7m),
        ("P15 LRS", "Premium SSD", 38m), ("P20 LRS", "Premium SSD", 73.2m), ("P30 LRS", "Premium SSD", 135.2m),
        ("E4 LRS", "Standard SSD", 2.4m), ("E6 LRS", "Standard SSD", 4.8m), ("E10 LRS", "Standard SSD", 9.6m),
        ("E15 LRS", "Standard SSD", 19.2m), ("E20 LRS", "Standard SSD", 38.4m), ("E30 LRS", "Standard SSD", 76.8m),
        ("S4 LRS", "Standard HDD", 1.5m), ("S6 LRS", "Standard HDD", 3m), ("S10 LRS", "Standard HDD", 5.9m),
        ("S15 LRS", "Standard HDD", 11.3m), ("S20 LRS", "Standard HDD", 21.8m), ("S30 LRS", "Standard HDD", 41m),
    ];

    public static IReadOnlyList<PriceRow> All { get; } =
    [
        .. from region in Enumerable.Range(0, Regions.Length) from machine in Machines from row in Rows(machine, region) select row,
        .. from region in Regions from plan in Plans from row in Rows(plan, region) select row,
        .. Regions.Select(region => new PriceRow("Event Hubs", "Event Hubs", "Standard", "", "Standard Throughput Unit", region, 0.03m)),
        .. from region in Regions from row in Idle(region) select row,
    ];

    private static IEnumerable<PriceRow> Idle(string region) =>
    [
        .. Disks.Select(disk => new PriceRow(
            "Storage", $"{disk.Product} Managed Disks", disk.Sku, "", $"{disk.Sku} Disk", region, disk.Dollars, Unit: PriceRow.Month)),
        new("Storage", "Standard HDD Managed Disks", "Snapshots LRS", "", "LRS Snapshots", region, 0.05m, Unit: PriceRow.GigabyteMonth),
        new("Virtual Network", "IP Addresses", "Standard", "", "Standard IPv4 Static Public IP", region, 0.005m),
        new("Load Balancer", "Load Balancer", "Standard", "", "Standard Included LB Rules and Outbound Rules", region, 0.025m),
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
