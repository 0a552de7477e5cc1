using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Prices;

/// <summary>
/// The public price list (learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices). It knows nobody: a token
/// that is sent here has leaked, and is refused so that a test sees it.
/// </summary>
internal sealed class PricesEndpoint(IReadOnlyList<PriceRow> more, int pageSize)
{
    public const string Host = "prices.azure.com";

    /// <summary>Rates of the simulated day; a dollar is what prices are made in.</summary>
    internal static readonly IReadOnlyDictionary<string, decimal> Rates = new Dictionary<string, decimal> { ["USD"] = 1, ["EUR"] = 0.9m, ["GBP"] = 0.8m, ["CHF"] = 0.85m };

    private readonly IReadOnlyList<PriceRow> _rows = [.. PriceTable.All, .. more];

    public SandboxAnswer List(SandboxRequest request)
    {
        if (request.Header("Authorization") is not null)
        {
            return SandboxAnswer.Error(400, "TokenLeaked", "The price list is public: nobody's token belongs here.");
        }

        var currency = (request.Parameter("currencyCode") ?? "'USD'").Trim('\'');
        if (!Rates.TryGetValue(currency, out var rate) || PriceFilter.Parse(request.Parameter("$filter")) is not { } filter
            || !int.TryParse(request.Parameter("$skip") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var skip))
        {
            return SandboxAnswer.Error(400, "BadRequest", "The currency, the filter or the place to begin at is not one that is known.");
        }

        var rows = _rows.Where(filter.LetsThrough).ToList();
        var page = rows.Skip(skip).Take(pageSize).ToList();
        return SandboxAnswer.Json(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("BillingCurrency", currency);
            writer.WriteString("CustomerEntityId", "Default");
            writer.WriteString("CustomerEntityType", "Retail");
            writer.WriteStartArray("Items");
            foreach (var row in page)
            {
                Write(writer, row, currency, Math.Round(row.Dollars * rate, 6));
            }

            writer.WriteEndArray();
            writer.WriteString("NextPageLink", skip + page.Count < rows.Count ? Next(request, skip + page.Count) : null);
            writer.WriteNumber("Count", page.Count);
            writer.WriteEndObject();
        });
    }

    // Azure names its port in this address, and nowhere else.
    private static string Next(SandboxRequest request, int skip)
    {
        var rest = string.Join('&', request.Parameters.Where(each => each.Key != "$skip").Select(each => $"{each.Key}={Uri.EscapeDataString(each.Value.ToString())}"));
        return $"https://{Host}:443{request.Path}?{rest}&$skip={skip}";
    }

    private static void Write(Utf8JsonWriter writer, PriceRow row, string currency, decimal price)
    {
        writer.WriteStartObject();
        writer.WriteString("currencyCode", currency);
        writer.WriteNumber("tierMinimumUnits", 0.0);
        if (row.Type == "Reservation")
        {
            writer.WriteString("reservationTerm", "1 Year");
        }

        writer.WriteNumber("retailPrice", price);
        writer.WriteNumber("unitPrice", price);
        writer.WriteString("armRegionName", row.Region);
        writer.WriteString("location", row.Region);
        writer.WriteString("effectiveStartDate", "2023-01-01T00:00:00Z");
        writer.WriteString("meterId", "00000000-0004-4000-8000-000000000001");
        writer.WriteString("meterName", row.Meter);
        writer.WriteString("productId", "DZH318Z0SIM0");
        writer.WriteString("skuId", "DZH318Z0SIM0/0001");
        writer.WriteString("productName", row.Product);
        writer.WriteString("skuName", row.Sku);
        writer.WriteString("serviceName", row.Service);
        writer.WriteString("serviceId", "DZH313Z7MMC8");
        writer.WriteString("serviceFamily", "Compute");
        writer.WriteString("unitOfMeasure", row.Unit);
        writer.WriteString("type", row.Type);
        writer.WriteBoolean("isPrimaryMeterRegion", true);
        writer.WriteString("armSkuName", row.ArmSku);
        writer.WriteEndObject();
    }
}
