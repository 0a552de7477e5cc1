using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Adapters.Logs;

/// <summary>
/// Reads the number a log query answers: one row with one column of numbers; or, with a column of times beside it, the number of
/// the newest row. Of anything else it is not guessed which number was meant.
/// </summary>
internal static class LogQueryAnswer
{
    private static readonly string[] Numbers = ["int", "long", "real", "decimal"];

    /// <param name="root">The answer.</param>
    /// <param name="askedAt">When it was asked for: the time of a number without one.</param>
    public static MetricSeries Read(JsonElement root, DateTimeOffset askedAt)
    {
        if (root.ValueKind != JsonValueKind.Object || Array(root, "tables") is not { } tables || tables.GetArrayLength() == 0)
        {
            return new MetricSeries.Failed("the answer has no table");
        }

        // With 200, and with the rows it has: what is missing among them would read as little load.
        if (root.TryGetProperty("error", out _))
        {
            return new MetricSeries.Failed($"the answer is not whole: {ArmError.Find(root, status: 200)?.Code}");
        }

        if (Array(tables[0], "columns") is not { } columns || Array(tables[0], "rows") is not { } rows)
        {
            return new MetricSeries.Failed("the answer has no columns or no rows");
        }

        var types = columns.EnumerateArray().Select(column => Text(column, "type") ?? "").ToList();
        var (number, time) = (types.FindIndex(Numbers.Contains), types.FindIndex(type => type == "datetime"));
        return number < 0 || types.FindLastIndex(Numbers.Contains) != number ? new MetricSeries.Failed("the query has to answer one column of numbers")
            : rows.GetArrayLength() == 0 ? new MetricSeries.Failed("the query answers no row")
            : time >= 0 ? Newest(rows, number, time, askedAt) is { } newest ? newest : new MetricSeries.Failed("the query answers a row without a time")
            : rows.GetArrayLength() > 1 ? new MetricSeries.Failed($"the query answers {rows.GetArrayLength()} rows without a time")
            : Cell(rows[0], number) is { } cell && Value(cell) is { } value ? new MetricSeries.Momentary(value, askedAt)
            : new MetricSeries.Failed("the query answers no number");
    }

    /// <summary>The number of the newest row; nothing when one has no time.</summary>
    private static MetricSeries.Momentary? Newest(JsonElement rows, int number, int time, DateTimeOffset askedAt)
    {
        MetricSeries.Momentary? newest = null;
        foreach (var row in rows.EnumerateArray())
        {
            if (Cell(row, time) is not { ValueKind: JsonValueKind.String } at
                || !DateTimeOffset.TryParse(at.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var when))
            {
                return null;
            }

            if (newest is null || when > newest.At)
            {
                // A row without a number is not passed over for an older one that has it.
                newest = new MetricSeries.Momentary(Cell(row, number) is { } cell ? Value(cell) ?? double.NaN : double.NaN, when);
            }
        }

        return newest! with { At = newest.At < askedAt ? newest.At : askedAt };
    }

    private static JsonElement? Cell(JsonElement row, int column) =>
        row.ValueKind == JsonValueKind.Array && column < row.GetArrayLength() ? row[column] : null;

    // Decimals, and reals that JSON cannot write, come as texts.
    private static double? Value(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Number when cell.TryGetDouble(out var number) => number,
        JsonValueKind.String when double.TryParse(cell.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static JsonElement? Array(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
