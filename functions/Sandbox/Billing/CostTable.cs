using System.Text.Json;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Billing;

/// <summary>Columns and rows, as Cost Management answers: which column is which only its name tells.</summary>
internal sealed record CostTable(IReadOnlyList<(string Name, string Type)> Columns, IReadOnlyList<IReadOnlyList<object>> Rows)
{
    private const string Number = "Number";
    private const string Text = "String";

    /// <summary>The answer to a query.</summary>
    public static CostTable Of(CostQuery query, IReadOnlyList<BillRow> rows, string currency)
    {
        var groups = query.Groups.Select(name => (Name: name, Of: CostDimensions.Find(name)!)).ToList();
        var grouped = rows.Where(row => query.Passes(row.Charge))
            .GroupBy(row => (Day: query.IsDaily ? row.Charge.Day : default, Key: string.Join('\n', groups.Select(group => group.Of(row.Charge)))))
            .OrderBy(group => group.Key.Day).ThenBy(group => group.Key.Key, StringComparer.Ordinal);
        return new CostTable(
            [
                (query.Measure, Number), .. query.IsDaily ? [("UsageDate", Number)] : Array.Empty<(string, string)>(),
                .. query.Groups.Select(name => (name, Text)), ("Currency", Text),
            ],
            [
                .. grouped.Select(group => (IReadOnlyList<object>)
                [
                    group.Sum(row => query.IsInDollars ? row.Dollars : row.Amount),
                    .. query.IsDaily ? [(object)DayNumber(group.Key.Day)] : Array.Empty<object>(),
                    .. groups.Select(each => (object)each.Of(group.First().Charge)),
                    query.IsInDollars ? "USD" : currency,
                ]),
            ]);
    }

    /// <summary>The answer to a forecast.</summary>
    public static CostTable Of(CostQuery query, IReadOnlyList<(DateOnly Day, decimal Amount, bool IsActual)> days, string currency) => new(
        [(query.Measure, Number), ("UsageDate", Number), ("CostStatus", Text), ("Currency", Text)],
        [.. days.Select(day => (IReadOnlyList<object>)[day.Amount, DayNumber(day.Day), day.IsActual ? "Actual" : "Forecast", currency])]);

    /// <summary>20260105 for the fifth of January: so Cost Management writes days.</summary>
    public static int DayNumber(DateOnly day) => (day.Year * 10_000) + (day.Month * 100) + day.Day;

    /// <param name="id">Of the answer.</param>
    /// <param name="type">Of the answer.</param>
    /// <param name="skip">Rows that were told already.</param>
    /// <param name="take">Rows on a page.</param>
    /// <param name="next">The address of the page after so many rows.</param>
    public SandboxAnswer Page(string id, string type, int skip, int take, Func<int, string> next) => SandboxAnswer.Json(200, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteString("name", id[(id.LastIndexOf('/') + 1)..]);
        writer.WriteString("type", type);
        writer.WriteStartObject("properties");
        writer.WriteString("nextLink", skip + take < Rows.Count ? next(skip + take) : null);
        writer.WriteStartArray("columns");
        foreach (var (name, kind) in Columns)
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteString("type", kind);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("rows");
        foreach (var row in Rows.Skip(skip).Take(take))
        {
            Write(writer, row);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<object> row)
    {
        writer.WriteStartArray();
        foreach (var cell in row)
        {
            switch (cell)
            {
                case decimal number:
                    writer.WriteNumberValue(number);
                    break;
                case int number:
                    writer.WriteNumberValue(number);
                    break;
                default:
                    writer.WriteStringValue((string)cell);
                    break;
            }
        }

        writer.WriteEndArray();
    }
}
