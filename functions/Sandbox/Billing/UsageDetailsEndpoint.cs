using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Billing;

/// <summary>Usage details: a row for each day, resource and meter, in the older form or in that of a Microsoft Customer Agreement.</summary>
internal sealed partial class UsageDetailsEndpoint(SimulatedBill bill, TimeProvider clock)
{
    private static readonly string[] KeptOnNextPage = ["$filter", "metric"];

    public SandboxAnswer List(SandboxRequest request, RequestRoute route)
    {
        var (scope, now) = (BillScope.Parse(route.Scope)!, clock.GetUtcNow());
        if (!scope.Exists(bill.Estate))
        {
            return SandboxAnswer.Error(404, "SubscriptionNotFound", $"There is no scope '{scope.Id}'.");
        }

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var filter = request.Parameter("$filter");
        var dates = filter is null ? null : Dates().Match(filter);
        if (dates is { Success: false } || !SkipToken.TryRead(request.Parameter("$skiptoken"), out var skip))
        {
            return SandboxAnswer.Error(400, "400", "The sandbox knows the filter properties/usageStart ge 'date' and properties/usageEnd le 'date' only, and the $skiptoken it gave.");
        }

        var (first, last) = dates is null
            ? (new DateOnly(today.Year, today.Month, 1), today)
            : (Day(dates.Groups["from"].Value), Day(dates.Groups["to"].Value));
        var metric = request.Parameter("metric") ?? "actualcost";
        var rows = bill.Rows(scope, first, last, metric.Equals("amortizedcost", StringComparison.OrdinalIgnoreCase), now);
        return rows.Count == 0 ? SandboxAnswer.Empty(204) : Page(request, scope, rows, skip);
    }

    private SandboxAnswer Page(SandboxRequest request, BillScope scope, IReadOnlyList<BillRow> rows, int skip) => SandboxAnswer.Json(200, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("value");
        for (var number = skip; number < Math.Min(rows.Count, skip + bill.Options.PageSize); number++)
        {
            Write(writer, scope, rows[number], number);
        }

        writer.WriteEndArray();
        if (skip + bill.Options.PageSize < rows.Count)
        {
            var kept = string.Concat(KeptOnNextPage.Where(name => request.Parameter(name) is not null)
                .Select(name => $"&{name}={Uri.EscapeDataString(request.Parameter(name)!)}"));
            writer.WriteString(
                "nextLink",
                $"https://{request.Host}{request.Path}?api-version={request.Parameter("api-version")}{kept}&$skiptoken={Uri.EscapeDataString(SkipToken.Of(skip + bill.Options.PageSize))}");
        }

        writer.WriteEndObject();
    });

    private void Write(Utf8JsonWriter writer, BillScope scope, BillRow row, int number)
    {
        var name = SimulatedEstate.Identifier(9, number + 1).ToString();
        writer.WriteStartObject();
        writer.WriteString("kind", bill.Options.IsModern ? "modern" : "legacy");
        writer.WriteString("id", $"{scope.Id}/providers/Microsoft.Consumption/usageDetails/{name}");
        writer.WriteString("name", name);
        writer.WriteString("type", "Microsoft.Consumption/usageDetails");
        if (row.Charge.Tags.Count > 0)
        {
            writer.WriteStartObject("tags");
            foreach (var (tag, value) in row.Charge.Tags)
            {
                writer.WriteString(tag, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteStartObject("properties");
        writer.WriteString("date", row.Charge.Day.ToString("yyyy-MM-dd'T00:00:00.0000000Z'", CultureInfo.InvariantCulture));
        writer.WriteString("resourceGroup", row.Charge.ResourceGroup);
        writer.WriteString("resourceLocation", row.Charge.Region);
        writer.WriteNumber("quantity", row.Quantity);
        writer.WriteString("chargeType", row.Charge.Type);
        if (row.Charge.Benefit.Length > 0)
        {
            writer.WriteString("benefitName", row.Charge.Benefit);
        }

        WriteForm(writer, row);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteForm(Utf8JsonWriter writer, BillRow row)
    {
        var resource = row.Charge.Resource;
        if (bill.Options.IsModern)
        {
            writer.WriteString("subscriptionGuid", row.Charge.Subscription);
            writer.WriteString("instanceName", resource);
            writer.WriteString("meterName", row.Charge.Meter);
            writer.WriteString("meterCategory", row.Charge.Service);
            writer.WriteNumber("costInBillingCurrency", row.Amount);
            writer.WriteNumber("costInUSD", row.Dollars);
            writer.WriteString("billingCurrencyCode", bill.Options.Currency);
            return;
        }

        writer.WriteString("subscriptionId", row.Charge.Subscription);
        if (resource.Length > 0)
        {
            writer.WriteString("resourceId", resource);
            writer.WriteString("resourceName", resource[(resource.LastIndexOf('/') + 1)..]);
        }

        writer.WriteString("product", row.Charge.Meter);
        writer.WriteString("consumedService", row.Charge.Service);
        writer.WriteNumber("cost", row.Amount);
        writer.WriteString("billingCurrency", bill.Options.Currency);
        writer.WriteString("frequency", row.Charge.Type == DayCharge.Purchase ? "OneTime" : "UsageBased");
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^properties/usageStart ge '(?<from>\d{4}-\d\d-\d\d)' and properties/usageEnd le '(?<to>\d{4}-\d\d-\d\d)'$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Dates();
}
