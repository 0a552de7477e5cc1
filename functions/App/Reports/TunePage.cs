using System.Globalization;
using System.Text;
using ScaleFunctions.App.Commands.Tuning;
using ScaleFunctions.Core.Backtests.Tuning;

namespace ScaleFunctions.App.Reports;

/// <summary>The report of <c>tune</c>: every combination as a point of cost against shortage, and the frontier.</summary>
internal static class TunePage
{
    private const int Width = 1120;
    private const int Height = 420;
    private const int Left = 56;
    private const int Bottom = 40;
    private const int Top = 12;
    private const int Right = 16;
    private const int Lines = 5;

    public static string Of(TuneView view, IReadOnlyList<TunedPoint> tried, IEnumerable<string> notes)
    {
        var page = new ReportPage($"Tuning of {view.Workload}");
        page.Paragraph(
            $"{Path.GetFileName(view.Trace)}: {view.Tried} combinations on {view.From.UtcDateTime:yyyy-MM-dd HH:mm} to {view.Split.UtcDateTime:yyyy-MM-dd HH:mm} UTC; "
            + $"those of the frontier also on the days after it, to {view.To.UtcDateTime:yyyy-MM-dd HH:mm}.", "muted");
        page.Paragraph($"Policy version {view.PolicyVersion}", "muted");
        foreach (var note in notes)
        {
            page.Paragraph(note, "note");
        }

        page.Section("Cost against shortage", Draw(view, tried));
        var sheet = TuneCommand.Sheet(view);
        page.Section("The frontier", ReportPage.Table(sheet.Columns, sheet.Rows));
        return page.ToString();
    }

    private static string Draw(TuneView view, IReadOnlyList<TunedPoint> tried)
    {
        var (mostShort, least, most) = (
            Math.Max(0.1, tried.Max(each => each.First.Measures.ShortPercent)),
            tried.Min(each => each.First.CostOverOracle), tried.Max(each => each.First.CostOverOracle));
        var (low, high) = (Math.Floor(least * 10) / 10, Math.Max((Math.Floor(least * 10) / 10) + 0.1, Math.Ceiling(most * 10) / 10));
        var svg = new StringBuilder(Number($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Cost over perfect foresight against percent of time short\">\n"));
        for (var line = 0; line <= Lines; line++)
        {
            var (cost, share) = (low + ((high - low) * line / Lines), mostShort * line / Lines);
            svg.Append(Number($"<path class=\"grid\" d=\"M{Left} {Y(cost):0.#}H{Width - Right}\"/><text x=\"{Left - 6}\" y=\"{Y(cost) + 4:0.#}\" text-anchor=\"end\">{cost:0.00}</text>\n"))
                .Append(Number($"<text x=\"{X(share):0.#}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{share:0.##}</text>\n"));
        }

        svg.Append(Number($"<path class=\"grid\" d=\"M{X(Math.Min(view.ShortPercent, mostShort)):0.#} {Top}V{Height - Bottom}\"/>\n"));
        foreach (var each in tried)
        {
            Dot("other", each.First.Measures.ShortPercent, each.First.CostOverOracle, 3, Title(TuneLine.Of(each)));
        }

        var frontier = view.Lines.Where(line => !line.IsPresent).ToList();
        svg.Append($"<path class=\"path\" d=\"{string.Concat(frontier.Select((line, index) => Number($"{(index == 0 ? 'M' : 'L')}{X(line.ShortPercent):0.#} {Y(line.CostOverOracle):0.#}")))}\"/>\n");
        foreach (var line in frontier)
        {
            Dot(line.IsChosen ? "chosen" : "frontier", line.ShortPercent, line.CostOverOracle, line.IsChosen ? 7 : 4, Title(line));
        }

        return svg.Append(Number($"<text x=\"{Width - Right}\" y=\"{Height - 6}\" text-anchor=\"end\">% of time short; up: cost over perfect foresight</text>\n</svg>\n")).ToString();

        double X(double share) => Left + ((Width - Left - Right) * share / mostShort);

        double Y(double cost) => Top + ((Height - Top - Bottom) * (1 - ((cost - low) / (high - low))));

        void Dot(string style, double share, double cost, int radius, string title) =>
            svg.Append(Number($"<circle class=\"{style}\" cx=\"{X(share):0.#}\" cy=\"{Y(cost):0.#}\" r=\"{radius}\"><title>{ReportPage.Text(title)}</title></circle>\n"));
    }

    private static string Title(TuneLine line) => string.Create(CultureInfo.InvariantCulture,
        $"target {line.Target:0.###}, stabilization {line.Stabilization?.TotalMinutes:0}m, tolerance {line.TolerancePercent:0.##}%{(line.Minimum is { } minimum ? $", minimum {minimum}" : "")}: {line.CostOverOracle:0.000} at {line.ShortPercent:0.00} % short");

    private static string Number(FormattableString text) => FormattableString.Invariant(text);
}
