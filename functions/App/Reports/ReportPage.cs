using System.Net;
using System.Text;
using ScaleFunctions.App.Commands;

namespace ScaleFunctions.App.Reports;

/// <summary>A page that stands alone: style and drawings are in it, nothing is fetched and nothing runs.</summary>
internal sealed class ReportPage
{
    private const string Style = "reports/report.css";

    private readonly StringBuilder _body = new();
    private readonly string _title;

    public ReportPage(string title)
    {
        _title = title;
        Raw($"<h1>{Text(title)}</h1>\n");
    }

    /// <summary>Names come from outside: what is markup in them is shown, not obeyed.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(Terminal.Printable(text));

    public void Paragraph(string text, string style = "") => Raw($"<p{(style.Length > 0 ? $" class=\"{style}\"" : "")}>{Text(text)}</p>\n");

    /// <summary>A part with a heading; its content is markup.</summary>
    public void Section(string heading, string content) => Raw($"<section>\n<h2>{Text(heading)}</h2>\n{content}</section>\n");

    public static string Table(IEnumerable<string> columns, IEnumerable<IReadOnlyList<string>> rows) => string.Concat(
        "<table>\n<thead><tr>",
        string.Concat(columns.Select(column => $"<th scope=\"col\">{Text(column)}</th>")),
        "</tr></thead>\n<tbody>\n",
        string.Concat(rows.Select(row => $"<tr>{string.Concat(row.Select(cell => $"<td>{Text(cell)}</td>"))}</tr>\n")),
        "</tbody>\n</table>\n");

    /// <summary>A table whose rows are alike. The columns of texts begin at the left and are broken where they are long.</summary>
    public static string List(IEnumerable<string> columns, IEnumerable<IReadOnlyList<string>> rows, int[] texts)
    {
        string Class(int index) => texts.Contains(index) ? " class=\"text\"" : "";
        return string.Concat(
            "<table class=\"list\">\n<thead><tr>",
            string.Concat(columns.Select((column, index) => $"<th scope=\"col\"{Class(index)}>{Text(column)}</th>")),
            "</tr></thead>\n<tbody>\n",
            string.Concat(rows.Select(row => $"<tr>{string.Concat(row.Select((cell, index) => $"<td{Class(index)}>{Text(cell)}</td>"))}</tr>\n")),
            "</tbody>\n</table>\n");
    }

    public override string ToString() => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(_title)}</title>
        <style>
        {Css()}</style>
        </head>
        <body>
        <main>
        {_body}</main>
        </body>
        </html>

        """;

    /// <summary>Markup between the parts.</summary>
    public void Markup(string markup) => Raw(markup);

    private void Raw(string markup) => _body.Append(markup);

    private static string Css()
    {
        using var reader = new StreamReader(typeof(ReportPage).Assembly.GetManifestResourceStream(Style)!);
        return reader.ReadToEnd();
    }
}
