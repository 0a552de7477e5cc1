using System.Text.Json;
using System.Text.Json.Nodes;
using ScaleFunctions.Sandbox.Arm;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Billing;

/// <summary>Reads and writes of budgets. Their ETag stands in the body, not in a header.</summary>
internal sealed class BudgetEndpoint(SimulatedBill bill, SimulatedBudgets budgets, ResourceWrites writes)
{
    public SandboxAnswer List(RequestRoute route) => NoScope(route) ?? budgets.Read(all => SandboxAnswer.Json(200, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("value");
        foreach (var budget in all.Values.Where(each => string.Equals(each.Scope.Id, route.Scope, StringComparison.OrdinalIgnoreCase)).OrderBy(each => each.Id, StringComparer.Ordinal))
        {
            Show(budget).WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }));

    public SandboxAnswer Get(RequestRoute route) => NoScope(route) ?? budgets.Read(all =>
        all.TryGetValue(Key(route), out var budget)
            ? Answer(200, budget)
            : SandboxAnswer.Error(404, "404", $"Budget '{route.Name}' is not found."));

    public SandboxAnswer Put(SandboxRequest request, RequestRoute route) => NoScope(route) ?? budgets.Change(all =>
    {
        var (body, terms, problem) = Read(request.Body);
        if (terms is null)
        {
            return SandboxAnswer.Error(400, "400", problem);
        }

        var known = all.GetValueOrDefault(Key(route));
        if (body!["eTag"] is JsonValue tag && tag.TryGetValue(out string? version) && version != known?.ETag)
        {
            return SandboxAnswer.Error(412, "412", "The budget has another eTag.");
        }

        var properties = (JsonObject)body["properties"]!.DeepClone();
        properties.Remove("currentSpend");
        properties.Remove("forecastSpend");
        var budget = all[Key(route)] = known ?? new SimulatedBudget(BillScope.Parse(route.Scope)!, route.Name) { Terms = terms, Properties = properties };
        var isEffective = known is null || !JsonNode.DeepEquals(known.Properties, properties);
        (budget.Terms, budget.Properties, budget.Version) = (terms, properties, known is null ? 1 : budget.Version + 1);
        var answer = Answer(known is null ? 201 : 200, budget);
        writes.Record(request, record => record with { Status = answer.Status, IsEffective = isEffective });
        return answer;
    });

    private static (JsonObject? Body, BudgetTerms? Terms, string Problem) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var (terms, problem) = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("properties", out var properties)
                && properties.ValueKind == JsonValueKind.Object ? BudgetTerms.Parse(properties) : (null, "The body has no properties.");
            return (terms is null ? null : JsonNode.Parse(document.RootElement.GetRawText()) as JsonObject, terms, problem);
        }
        catch (JsonException)
        {
            return (null, null, "The body is not JSON.");
        }
    }

    private SandboxAnswer Answer(int status, SimulatedBudget budget) => SandboxAnswer.Json(status, writer => Show(budget).WriteTo(writer));

    private JsonObject Show(SimulatedBudget budget)
    {
        var properties = (JsonObject)budget.Properties.DeepClone();
        properties["currentSpend"] = Amount(budget.Spent);
        if (budget.Forecast is { } forecast)
        {
            properties["forecastSpend"] = Amount(forecast);
        }

        return new JsonObject
        {
            ["id"] = budget.Id.TrimStart('/'),
            ["name"] = budget.Name,
            ["type"] = "Microsoft.Consumption/budgets",
            ["eTag"] = budget.ETag,
            ["properties"] = properties,
        };
    }

    private JsonObject Amount(decimal amount) => new() { ["amount"] = Math.Round(amount, 6), ["unit"] = bill.Options.Currency };

    private SandboxAnswer? NoScope(RequestRoute route) => BillScope.Parse(route.Scope)!.Exists(bill.Estate)
        ? null
        : SandboxAnswer.Error(404, "ResourceNotFound", $"There is no scope '{route.Scope}'.");

    private static string Key(RequestRoute route) => SimulatedBudgets.Key($"{route.Scope}/providers/Microsoft.Consumption/budgets/{route.Name}");
}
