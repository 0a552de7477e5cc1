using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Hosting;

/// <summary>
/// What an action group of Azure sends of a budget, in its own schema (all values are strings, and whether the threshold is money or a
/// share it does not say) or in the common alert schema. Only which budget it is about is taken, and the rest as a mark of what was said.
/// </summary>
internal abstract record BudgetNotice
{
    private const string OwnSchema = "AIP Budget Notification";

    private const string CommonSchema = "azureMonitorCommonAlertSchema";

    /// <summary>Ids of Azure are far shorter.</summary>
    private const int LongestId = 500;

    private BudgetNotice()
    {
    }

    /// <param name="Id">The same for the same content.</param>
    /// <param name="Signal">What is passed on.</param>
    public sealed record OfBudget(string Id, BudgetSignal Signal) : BudgetNotice;

    /// <summary>It is kept for a person to look at.</summary>
    public sealed record Unknown(string Id) : BudgetNotice;

    public static BudgetNotice Read(ReadOnlySpan<byte> body)
    {
        var id = $"hook-{Convert.ToHexStringLower(SHA256.HashData(body)[..16])}";
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 16 });
            var root = JsonElement.ParseValue(ref reader);
            return Of(root) is { Budget.Length: <= LongestId } signal && !Follows(ref reader) ? new OfBudget(id, signal) : new Unknown(id);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new Unknown(id);
        }
    }

    private static bool Follows(ref Utf8JsonReader reader) => reader.Read();

    private static BudgetSignal? Of(JsonElement root) => Text(root, "schemaId") switch
    {
        OwnSchema => OfOwn(Member(root, "data")),
        CommonSchema => OfCommon(Member(Member(Member(root, "data"), "alertContext"), "AlertData")),
        _ => null,
    };

    private static BudgetSignal? OfOwn(JsonElement data)
    {
        var (subscription, group, name) = (Text(data, "SubscriptionId"), Text(data, "ResourceGroup"), Text(data, "BudgetName"));
        return subscription.Length == 0 || name.Length == 0 ? null : new BudgetSignal(
            $"/subscriptions/{subscription}{(group.Length > 0 ? $"/resourceGroups/{group}" : "")}/providers/Microsoft.Consumption/budgets/{name}", "action-group",
            Meaning(Text(data, "BudgetStartDate"), "", Text(data, "NotificationThresholdAmount")));
    }

    private static BudgetSignal? OfCommon(JsonElement data) => Text(data, "BudgetId") is { Length: > 0 } id
        ? new BudgetSignal(id, "action-group", Meaning(Text(data, "BudgetStartDate"), Text(data, "ThresholdType"), Text(data, "NotificationThresholdAmount")))
        : null;

    /// <summary>Short, whatever was sent.</summary>
    private static string Meaning(string start, string type, string threshold) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{start}\n{type}\n{threshold}"))[..8]);

    /// <exception cref="InvalidOperationException">It is no object, nor anything.</exception>
    private static JsonElement Member(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value : default;

    private static string Text(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";
}
