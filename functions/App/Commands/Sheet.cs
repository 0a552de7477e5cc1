using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace ScaleFunctions.App.Commands;

/// <summary>Rows of text for people, beside the value they were made of for programs.</summary>
internal sealed class Sheet(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public IReadOnlyList<string> Columns => columns;

    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Prints the rows, or the value as JSON.</summary>
    public void Print<TValue>(OutputFormat format, TValue value, JsonTypeInfo<TValue> json, string whenEmpty)
    {
        switch (format)
        {
            case OutputFormat.Json:
                Terminal.Write(JsonSerializer.Serialize(value, json));
                break;
            case OutputFormat.Markdown:
                Terminal.Write(_rows.Count == 0 ? whenEmpty : Markdown());
                break;
            case OutputFormat.Csv:
                Terminal.Write(Csv());
                break;
            default:
                PrintTable(whenEmpty);
                break;
        }
    }

    internal string Markdown() => string.Join('\n', _rows
        .Select(row => $"| {string.Join(" | ", row.Select(EscapeMarkdown))} |")
        .Prepend($"| {string.Join(" | ", columns.Select(_ => "---"))} |")
        .Prepend($"| {string.Join(" | ", columns)} |"));

    internal string Csv() => string.Join('\n', _rows.Prepend(columns).Select(row => string.Join(',', row.Select(EscapeCsv))));

    private void PrintTable(string whenEmpty)
    {
        if (_rows.Count == 0)
        {
            Terminal.Write(whenEmpty);
            return;
        }

        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)));
        }

        foreach (var row in _rows)
        {
            table.AddRow([.. row.Select(cell => Markup.Escape(Terminal.Printable(cell)))]);
        }

        Terminal.Console.Write(table);
    }

    private static string EscapeCsv(string text)
    {
        var clean = Terminal.Printable(text);
        if (clean.Length > 0 && clean[0] is '=' or '+' or '-' or '@' && !double.TryParse(clean, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            // Spreadsheets take it for a formula; names come from outside.
            clean = $"'{clean}";
        }

        return clean.AsSpan().IndexOfAny(",\"\n") < 0 ? clean : $"\"{clean.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string EscapeMarkdown(string text) => Terminal.Printable(text)
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("\n", " ", StringComparison.Ordinal);
}
