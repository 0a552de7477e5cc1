using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Adapters.Prices;

/// <summary>Event Hubs namespaces: a throughput unit, or in the premium tier a processing unit, for an hour. What flows through costs extra.</summary>
internal sealed class EventHubMeters : IMeterRule
{
    public string Service => "Event Hubs";

    public IReadOnlyList<string> ResourceTypes => ["microsoft.eventhub/namespaces"];

    public string? WhyNot(PriceQuery query) => null;

    public (string Field, IReadOnlyList<string> Values) Find(PriceQuery query) => ("skuName", [query.Sku]);

    public bool Bills(PricedMeter meter, PriceQuery query) =>
        string.Equals(meter.Sku, query.Sku, StringComparison.OrdinalIgnoreCase)
        && (string.Equals(meter.Meter, $"{query.Sku} Throughput Unit", StringComparison.OrdinalIgnoreCase)
            || string.Equals(meter.Meter, $"{query.Sku} Processing Unit", StringComparison.OrdinalIgnoreCase));
}
