using System.Globalization;
using System.Text.Json;

namespace ScaleFunctions.Adapters.Costs;

/// <summary>Where the columns of a page stand: Azure promises their names and not their order.</summary>
/// <param name="Places">By name.</param>
internal sealed record CostColumns(IReadOnlyDictionary<string, int> Places)
{
    public const string Cost = "Cost";
    public const string Day = "UsageDate";
    public const string Resource = "ResourceId";
    public const string Currency = "Currency";
    public const string Status = "CostStatus";

    /// <summary>The columns of a page's <c>properties</c>, or which one is missing.</summary>
    /// <exception cref="JsonException">It has no columns.</exception>
    public static CostColumns Read(JsonElement properties, IEnumerable<string> needed)
    {
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var place = 0;
        foreach (var column in Array(properties, "columns"))
        {
            if (column.ValueKind != JsonValueKind.Object || !column.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
            {
                throw new JsonException("a column has no name");
            }

            places[name.GetString()!] = place++;
        }

        foreach (var name in needed)
        {
            if (!places.ContainsKey(name))
            {
                throw new JsonException($"the column {name} is missing");
            }
        }

        return new CostColumns(places);
    }

    public static JsonElement.ArrayEnumerator Rows(JsonElement properties) => Array(properties, "rows");

    /// <summary>An amount. Text is none: what Azure has not said how to read is not guessed when it is money.</summary>
    public decimal Amount(JsonElement row) => Cell(row, Cost) is { ValueKind: JsonValueKind.Number } cell && cell.TryGetDecimal(out var amount)
        ? amount
        : throw new JsonException($"the {Cost} of a row is not a number");

    /// <summary>20260105 is the fifth of January.</summary>
    public DateOnly Date(JsonElement row) =>
        Cell(row, Day) is { ValueKind: JsonValueKind.Number } cell && cell.TryGetInt32(out var number)
        && DateOnly.TryParseExact(number.ToString(CultureInfo.InvariantCulture), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new JsonException($"the {Day} of a row is not a day");

    public string Text(JsonElement row, string column) => Cell(row, column) switch
    {
        { ValueKind: JsonValueKind.String } cell => cell.GetString()!,
        { ValueKind: JsonValueKind.Null } => "",
        _ => throw new JsonException($"the {column} of a row is not text"),
    };

    private JsonElement Cell(JsonElement row, string column) =>
        row.ValueKind == JsonValueKind.Array && row.GetArrayLength() == Places.Count ? row[Places[column]] : throw new JsonException("a row has not as many cells as there are columns");

    private static JsonElement.ArrayEnumerator Array(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : throw new JsonException($"a page of costs has no {name}");
}
