using System.Text.Json;

namespace ScaleFunctions.Adapters.Prices;

/// <summary>One line of Azure's price list, as far as we read it: learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices.</summary>
internal sealed record PricedMeter
{
    public required string Service { get; init; }

    public required string Product { get; init; }

    /// <summary>Name of the size for people, for example <c>D4s v5</c> or <c>D4s v5 Spot</c>.</summary>
    public required string Sku { get; init; }

    /// <summary>Name of the size as resources have it; empty where the service has none.</summary>
    public required string ArmSku { get; init; }

    public required string Meter { get; init; }

    public required string Region { get; init; }

    /// <summary>How it is paid for: <c>Consumption</c>, <c>Reservation</c>, <c>DevTestConsumption</c>.</summary>
    public required string Type { get; init; }

    public required string Unit { get; init; }

    public required string Currency { get; init; }

    /// <summary>For one <see cref="Unit"/>.</summary>
    public required decimal Amount { get; init; }

    /// <summary>From how many units on it holds.</summary>
    public required decimal TierMinimum { get; init; }

    public required DateTimeOffset From { get; init; }

    /// <summary>Absent when no end is known.</summary>
    public DateTimeOffset? Until { get; init; }

    public required bool IsPrimary { get; init; }

    /// <summary>The line, or null when it lacks something: such a one prices nothing.</summary>
    public static PricedMeter? Read(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object
            || Text(item, "serviceName") is not { } service || Text(item, "productName") is not { } product || Text(item, "skuName") is not { } sku
            || Text(item, "meterName") is not { } meter || Text(item, "armRegionName") is not { } region || Text(item, "type") is not { } type
            || Text(item, "unitOfMeasure") is not { } unit || Text(item, "currencyCode") is not { } currency
            || Number(item, "retailPrice") is not { } amount || Time(item, "effectiveStartDate") is not { } from)
        {
            return null;
        }

        return new PricedMeter
        {
            Service = service,
            Product = product,
            Sku = sku,
            ArmSku = Text(item, "armSkuName") ?? "",
            Meter = meter,
            Region = region,
            Type = type,
            Unit = unit,
            Currency = currency,
            Amount = amount,
            TierMinimum = Number(item, "tierMinimumUnits") ?? 0,
            From = from,
            Until = Time(item, "effectiveEndDate"),
            IsPrimary = item.TryGetProperty("isPrimaryMeterRegion", out var primary) && primary.ValueKind == JsonValueKind.True,
        };
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static decimal? Number(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) ? number : null;

    private static DateTimeOffset? Time(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var at) ? at : null;
}
