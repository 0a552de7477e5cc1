using System.Text.Json;
using ScaleFunctions.Adapters.Arm;

namespace ScaleFunctions.Adapters.Costs;

/// <summary>
/// Reads the <c>filter</c> of a budget: a tag or a dimension, or several of them under <c>and</c>
/// (learn.microsoft.com/rest/api/consumption/budgets/get). Tags are understood; anything else is only shown.
/// </summary>
internal static class BudgetFilter
{
    private const int Longest = 200;

    public static (IReadOnlyDictionary<string, IReadOnlyList<string>> Tags, string Other) Read(JsonElement properties)
    {
        Dictionary<string, IReadOnlyList<string>> tags = new(StringComparer.OrdinalIgnoreCase);
        return !properties.TryGetProperty("filter", out var filter) || filter.ValueKind == JsonValueKind.Null || TryTake(filter, tags, isNested: false)
            ? (tags, "")
            : (new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase), Shown(filter));
    }

    private static bool TryTake(JsonElement filter, Dictionary<string, IReadOnlyList<string>> tags, bool isNested) =>
        filter.ValueKind == JsonValueKind.Object && filter.EnumerateObject().All(member => member switch
        {
            { Value.ValueKind: JsonValueKind.Null } => true,
            { Name: "tags" } => TryTakeTag(member.Value, tags),
            { Name: "and", Value.ValueKind: JsonValueKind.Array } when !isNested => member.Value.EnumerateArray().All(each => TryTake(each, tags, isNested: true)),
            _ => false,
        });

    /// <summary>A tag that is named twice has to have a value of both lists, which a policy cannot say.</summary>
    private static bool TryTakeTag(JsonElement tag, Dictionary<string, IReadOnlyList<string>> tags) =>
        tag.ValueKind == JsonValueKind.Object
        && tag.TryGetProperty("name", out var name) && name is { ValueKind: JsonValueKind.String } && name.GetString() is { Length: > 0 } key
        && tag.TryGetProperty("operator", out var how) && how is { ValueKind: JsonValueKind.String } && string.Equals(how.GetString(), "In", StringComparison.OrdinalIgnoreCase)
        && tag.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Array && values.EnumerateArray().All(value => value.ValueKind == JsonValueKind.String)
        && tags.TryAdd(key, [.. values.EnumerateArray().Select(value => value.GetString()!)]);

    private static string Shown(JsonElement filter) => AzureFaults.OneLine(filter.GetRawText()) is { Length: > Longest } text ? $"{text[..Longest]}…" : AzureFaults.OneLine(filter.GetRawText());
}
