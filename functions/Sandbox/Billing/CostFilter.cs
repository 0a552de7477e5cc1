using System.Text.Json;

namespace ScaleFunctions.Sandbox.Billing;

/// <summary>The filter of a query or a budget: <c>and</c>, <c>or</c>, dimensions and tags that are in a list.</summary>
internal static class CostFilter
{
    private const int Deepest = 8;

    /// <summary>Whether a charge passes; nothing when it is no filter.</summary>
    public static Func<DayCharge, bool>? Parse(JsonElement filter, int depth = 0)
    {
        if (filter.ValueKind != JsonValueKind.Object || depth > Deepest)
        {
            return null;
        }

        var all = new List<Func<DayCharge, bool>>();
        foreach (var member in filter.EnumerateObject())
        {
            var part = member.Name switch
            {
                "and" => Parts(member.Value, depth) is { } parts ? charge => parts.TrueForAll(each => each(charge)) : null,
                "or" => Parts(member.Value, depth) is { } parts ? charge => parts.Exists(each => each(charge)) : null,
                "dimensions" => Dimension(member.Value),
                "tags" => Tag(member.Value),
                _ => (Func<DayCharge, bool>?)null,
            };
            if (part is null)
            {
                return null;
            }

            all.Add(part);
        }

        return charge => all.TrueForAll(each => each(charge));
    }

    private static List<Func<DayCharge, bool>>? Parts(JsonElement list, int depth)
    {
        // Azure refuses an `and` or an `or` of less than two.
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() < 2)
        {
            return null;
        }

        var parts = list.EnumerateArray().Select(each => Parse(each, depth + 1)).ToList();
        return parts.Contains(null) ? null : [.. parts.OfType<Func<DayCharge, bool>>()];
    }

    private static Func<DayCharge, bool>? Dimension(JsonElement comparison) =>
        Comparison(comparison) is { } read && CostDimensions.Find(read.Name) is { } value
            ? charge => read.Values.Contains(value(charge), StringComparer.OrdinalIgnoreCase)
            : null;

    private static Func<DayCharge, bool>? Tag(JsonElement comparison) => Comparison(comparison) is { } read
        ? charge => charge.Tags.Any(tag => string.Equals(tag.Key, read.Name, StringComparison.OrdinalIgnoreCase) && read.Values.Contains(tag.Value))
        : null;

    private static (string Name, IReadOnlyList<string> Values)? Comparison(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
        && element.TryGetProperty("operator", out var way) && way.ValueKind == JsonValueKind.String && way.GetString() == "In"
        && element.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Array
        && values.EnumerateArray().All(value => value.ValueKind == JsonValueKind.String)
            ? (name.GetString()!, [.. values.EnumerateArray().Select(value => value.GetString()!)])
            : null;
}
