using ScaleFunctions.Core.Assessments;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Adapters.Prices;

/// <summary>What is billed for standing there: disks by the size they are rounded up to, snapshots by the gigabyte, addresses and load balancers by the hour.</summary>
/// <param name="service">Name in the price list.</param>
/// <param name="type">The resource type, in lower case.</param>
/// <param name="unit">What the list has a price for.</param>
/// <param name="meter">Name of the meter of a size.</param>
internal sealed class StandingMeters(string service, string type, string unit, Func<string, string> meter) : IMeterRule
{
    private const string Hour = "1 Hour";

    public static IReadOnlyList<IMeterRule> All { get; } =
    [
        new StandingMeters("Storage", "microsoft.compute/disks", "1/Month", sku => $"{sku} Disk"),
        new StandingMeters("Storage", "microsoft.compute/snapshots", "1 GB/Month", _ => "LRS Snapshots"),
        new StandingMeters("Virtual Network", "microsoft.network/publicipaddresses", Hour, sku => $"{sku} IPv4 Static Public IP"),
        new StandingMeters("Load Balancer", "microsoft.network/loadbalancers", Hour, sku => $"{sku} Included LB Rules and Outbound Rules"),
    ];

    public string Service => service;

    public IReadOnlyList<string> ResourceTypes => [type];

    public (string Name, int Hours) Unit => (unit, unit == Hour ? 1 : AssessmentTerms.HoursPerMonth);

    public string? WhyNot(PriceQuery query) => null;

    public (string Field, IReadOnlyList<string> Values) Find(PriceQuery query) => ("skuName", [query.Sku]);

    /// <summary>Full snapshots are billed as on hard disks, whatever disk they are of.</summary>
    public bool Bills(PricedMeter found, PriceQuery query) =>
        string.Equals(found.Sku, query.Sku, StringComparison.OrdinalIgnoreCase) && string.Equals(found.Meter, meter(query.Sku), StringComparison.OrdinalIgnoreCase)
        && (unit != "1 GB/Month" || found.Product == "Standard HDD Managed Disks");
}
