using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Sandbox.Billing;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Sandbox.Tests.Billing;

/// <summary>Asks a sandbox what things cost.</summary>
internal static class BillingHost
{
    public const string Scope = $"/subscriptions/{SandboxHost.Subscription}";
    private const string Version = "api-version=2023-11-01";

    /// <summary>Five instances of D4s v5 in westeurope, at 0.230 USD an hour each, from the start on.</summary>
    public const decimal DayOfWeb = 5 * 24 * 0.230m;

    public static Task<SandboxHost> StartAsync(BillingOptions billing, Func<EstateSpec, EstateSpec>? change = null) =>
        SandboxHost.StartAsync(options => options with { Billing = billing, Estate = change?.Invoke(options.Estate) ?? options.Estate });

    public static string Url(string what, string scope = Scope) => $"https://management.azure.com{scope}/providers/{what}?{Version}";

    public static Task<SandboxHost.Answer> QueryAsync(SandboxHost host, string type = "ActualCost", int first = 5, int last = 31, string more = "", string scope = Scope) => host.SendAsync(
        HttpMethod.Post, Url("Microsoft.CostManagement/query", scope),
        $$"""
        {"type": "{{type}}", "timeframe": "Custom", "timePeriod": {"from": "2026-01-{{first:00}}T00:00:00Z", "to": "2026-01-{{last:00}}T23:59:59Z"},
         "dataset": {"granularity": "Daily", "aggregation": {"totalCost": {"name": "Cost", "function": "Sum"} },
                     "grouping": [ {"type": "Dimension", "name": "ResourceId"}, {"type": "Dimension", "name": "Meter"} ]{{more}} } }
        """);

    /// <summary>Amounts by day of January.</summary>
    public static IReadOnlyDictionary<int, decimal> Days(SandboxHost.Answer answer) => Rows(answer)
        .GroupBy(row => row[1].GetInt32() % 100).ToDictionary(group => group.Key, group => Math.Round(group.Sum(row => row[0].GetDecimal()), 4));

    public static IReadOnlyList<JsonElement> Rows(SandboxHost.Answer answer)
    {
        Assert.Equal(200, answer.Status);
        return [.. answer.Json.GetProperty("properties").GetProperty("rows").EnumerateArray()];
    }

    public static string Text(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);
}
