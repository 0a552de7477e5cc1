using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Adapters.Costs;

/// <summary>
/// Reads a bill row by row where queries are not offered: learn.microsoft.com/rest/api/consumption/usage-details/list. Azure has no
/// usage details of a resource group and no filter for several tags, so both are sorted out here.
/// </summary>
internal sealed class UsageDetails(CostPages pages)
{
    /// <exception cref="Azure.RequestFailedException">Azure refused.</exception>
    /// <exception cref="JsonException">What was answered is no bill.</exception>
    public async Task ReadAsync(SpendScope scope, SpendPeriod period, bool amortized, BilledRows onto, CancellationToken cancellationToken)
    {
        var steps = scope.Scope.Split('/');
        var (asked, group) = steps is ["", var s, var id, "resourcegroups", var name] ? ($"/{s}/{id}", (string?)name) : (scope.Scope, null);
        var filter = Uri.EscapeDataString(string.Create(
            CultureInfo.InvariantCulture, $"properties/usageStart ge '{period.Start:yyyy-MM-dd}' and properties/usageEnd le '{period.End.AddDays(-1):yyyy-MM-dd}'"));
        await pages.ListAsync(
            $"{asked}/providers/Microsoft.Consumption/usageDetails?api-version={ApiVersions.Consumption}&$filter={filter}&metric={(amortized ? "amortizedcost" : "actualcost")}",
            element => Add(element, scope, period, group, onto), cancellationToken).ConfigureAwait(false);
    }

    private static void Add(JsonElement element, SpendScope scope, SpendPeriod period, string? group, BilledRows onto)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("a row of usage has no properties");
        }

        // The two kinds have other words for the same things.
        var isModern = Text(element, "kind") == "modern";
        var day = DateTimeOffset.TryParse(Text(properties, "date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? DateOnly.FromDateTime(at.UtcDateTime)
            : throw new JsonException("the date of a row is none");
        var amount = properties.TryGetProperty(isModern ? "costInBillingCurrency" : "cost", out var cost) && cost.ValueKind == JsonValueKind.Number && cost.TryGetDecimal(out var number)
            ? number
            : throw new JsonException("the cost of a row is not a number");
        if (day >= period.Start && day < period.End && (group is null || string.Equals(Text(properties, "resourceGroup"), group, StringComparison.OrdinalIgnoreCase))
            && HasTags(element, scope.Tags))
        {
            onto.Add(
                new BilledDay(day, AzureFaults.OneLine((Text(properties, isModern ? "instanceName" : "resourceId") ?? "").ToLowerInvariant()), amount),
                Text(properties, isModern ? "billingCurrencyCode" : "billingCurrency") ?? "");
        }
    }

    private static bool HasTags(JsonElement element, IReadOnlyDictionary<string, IReadOnlyList<string>> wanted)
    {
        var tags = element.TryGetProperty("tags", out var found) && found.ValueKind == JsonValueKind.Object
            ? found.EnumerateObject().Where(tag => tag.Value.ValueKind == JsonValueKind.String).ToList() : [];
        return wanted.All(want => tags.Exists(tag =>
            string.Equals(tag.Name, want.Key, StringComparison.OrdinalIgnoreCase) && want.Value.Contains(tag.Value.GetString()!)));
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
