using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Prices;

namespace ScaleFunctions.Sandbox.Billing;

/// <summary>Which line of the price list an instance is billed by.</summary>
internal sealed class BilledPrices(IReadOnlyList<PriceRow> more)
{
    private readonly Dictionary<(string Region, string Key), PriceRow> _rows = [];
    private readonly ILookup<string, PriceRow> _byRegion = PriceTable.All.Concat(more).ToLookup(row => row.Region);

    /// <summary>The line of an instance of a size; nothing when the list has none, as for what is billed by executions.</summary>
    public PriceRow? Of(ResourceSpec spec, string size) => spec switch
    {
        ScaleSetSpec set => Machine(
            spec.Region, size, isWindows: set is { OperatingSystem: "Windows", License: null }, isSpot: set.Priority == "Spot"),
        VirtualMachineSpec => Machine(spec.Region, size, isWindows: false, isSpot: false),
        PlanSpec => Find(
            spec.Region, $"plan|{size}",
            row => row.Service == "Azure App Service" && row.Product.EndsWith(" - Linux", StringComparison.Ordinal) && Is(row.Sku.Replace(" ", "", StringComparison.Ordinal), size)),
        _ when Is(spec.Id.ResourceType, "Microsoft.EventHub/namespaces") => Find(spec.Region, "hub", row => row.Service == "Event Hubs"),
        _ => null,
    };

    /// <summary>What a machine costs on Linux: as much of it a reservation pays for.</summary>
    public PriceRow? Computing(string region, string size) => Machine(region, size, isWindows: false, isSpot: false);

    /// <summary>A reservation of a year.</summary>
    public PriceRow? Reserved(string region, string size) => Find(
        region, $"reserved|{size}", row => row.Service == "Virtual Machines" && row.Type == "Reservation" && Is(row.ArmSku, size));

    public PriceRow? Of(IdleSpec spec) => spec.Meter is { } meter ? Find(spec.Region, $"meter|{meter}", row => row.Meter == meter) : null;

    private PriceRow? Machine(string region, string size, bool isWindows, bool isSpot) => Find(
        region, $"machine|{size}|{isWindows}|{isSpot}",
        row => row is { Service: "Virtual Machines", Type: "Consumption" } && Is(row.ArmSku, size)
            && row.Product.Contains(" Windows", StringComparison.Ordinal) == (isWindows && !isSpot)
            && row.Sku.EndsWith(" Spot", StringComparison.Ordinal) == isSpot && !row.Sku.EndsWith(" Low Priority", StringComparison.Ordinal));

    private PriceRow? Find(string region, string key, Func<PriceRow, bool> fits)
    {
        lock (_rows)
        {
            if (!_rows.TryGetValue((region, key), out var row) && _byRegion[region].FirstOrDefault(fits) is { } found)
            {
                _rows[(region, key)] = row = found;
            }

            return row;
        }
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
