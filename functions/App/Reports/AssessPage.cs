using System.Globalization;
using System.Text;
using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Commands.Assessments;

namespace ScaleFunctions.App.Reports;

/// <summary>The report of <c>assess</c>: what one would forward to those who pay.</summary>
internal static class AssessPage
{
    /// <summary>More than anybody reads; all of them are in the other formats.</summary>
    private const int LinesShown = 40;

    private const int BarWidth = 120;

    public static string Of(AssessView view)
    {
        var page = new ReportPage("A first look at the estate");
        page.Paragraph($"{view.Where}, {view.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC. Everything was read, nothing was changed.", "muted");
        page.Markup(Tiles(view));
        if (view.IsPartial)
        {
            page.Section("This is not all", $"<p class=\"note\">Some of it could not be read. What is not here may be the larger part.</p>\n<ul>\n{string.Concat(view.Gaps.Select(gap => $"<li>{ReportPage.Text(gap)}</li>\n"))}</ul>\n");
        }

        page.Section("Too many instances", Oversized(view));
        page.Section("Machines that cost more than they do", Table(
            AssessSheets.Machines(view, LinesShown), [1, 6], "There is none that could be judged.",
            $"{More(view.Machines.Count)}<p class=\"muted\">What a machine costs, not what could be saved: that depends on what takes its place. None of it is in the sum above.</p>\n"));
        page.Section("Counts that go forth and back", Table(
            AssessSheets.Flapping(view, LinesShown), [3],
            "No count went forth and back often. App Service plans do not tell what count they had.", More(view.Flapping.Count)));
        page.Section("Azure's own autoscale", Paragraph(AssessSheets.Predictive(view)) + Table(
            AssessSheets.Settings(view), [2, 3], view.Autoscale.Count == 0 ? "There is no setting of it." : $"Nothing is to be said of the {view.Autoscale.Count} settings."));
        page.Section("Set back by something, it seems", Table(AssessSheets.Resets(view), [2], "Nothing looks as if a pipeline set it back."));
        page.Section("Left alone, because somebody else scales it", Table(AssessSheets.Owners(view), [2, 3], "Nobody else scales anything here."));
        page.Section("What there is", Table(AssessSheets.Subscriptions(view), [], "There is nothing."));
        page.Section("Not judged", Table(AssessSheets.NotJudged(view), [0, 2], "Everything that nobody else scales was judged."));
        page.Section("How it was judged", How(view));
        return page.ToString();
    }

    private static string Tiles(AssessView view)
    {
        var subscriptions = view.Parts.Select(part => part.Subscription).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        var findings = view.Autoscale.Count(setting => setting.Findings.Count > 0);
        return $"""
            <div class="tiles">
            {Tile(AssessSheets.Text(view.SurplusPerMonth), "a month for instances that no load needed", view.JudgedPerMonth.Count > 0 ? $"of {AssessSheets.Text(view.JudgedPerMonth)} for all that were judged" : "")}
            {Tile($"{view.Oversized.Count}", "resources with too many instances", view.NotPriced > 0 ? $"not priced: {view.NotPriced}" : $"of {view.Judged} judged")}
            {Tile($"{view.Flapping.Count}", "whose count goes forth and back", view.Resets.Count > 0 ? $"{view.Resets.Count} set back by something, it seems" : "")}
            {Tile($"{findings}", "autoscale settings with findings", $"of {view.Autoscale.Count}")}
            {Tile(view.Resources.ToString("#,##0", CultureInfo.InvariantCulture), $"resources in {subscriptions} subscriptions", $"{view.Resources - view.Ours} left alone, {view.NotJudged.Count} not judged")}
            </div>

            """;
    }

    private static string Tile(string number, string what, string more) =>
        $"<div class=\"tile\"><b>{ReportPage.Text(number)}</b><span>{ReportPage.Text(what)}</span>{(more.Length > 0 ? $"<small>{ReportPage.Text(more)}</small>" : "")}</div>";

    /// <summary>What each had, as a bar of what would have done and what was too much.</summary>
    private static string Oversized(AssessView view)
    {
        if (view.Oversized.Count == 0)
        {
            return "<p>No resource that could be judged had too many.</p>\n";
        }

        var table = new StringBuilder("<table class=\"list\">\n<thead><tr><th scope=\"col\">resource</th><th scope=\"col\" class=\"text wide\">size</th><th scope=\"col\">had</th><th scope=\"col\">would do</th>")
            .Append("<th scope=\"col\">too many</th><th scope=\"col\" class=\"text wide\"></th><th scope=\"col\" class=\"wide\">mean CPU %</th><th scope=\"col\">a month</th></tr></thead>\n<tbody>\n");
        var most = view.Oversized.Take(LinesShown).Max(Had);
        foreach (var line in view.Oversized.Take(LinesShown))
        {
            table.Append($"<tr><td><b>{ReportPage.Text(line.Name)}</b><small>{ReportPage.Text($"{line.ResourceGroup} · {line.Subscription}")}</small></td>")
                .Append($"<td class=\"text wide\">{ReportPage.Text(line.Sku)}<small>{ReportPage.Text(line.Region)}</small></td>")
                .Append($"<td>{ReportPage.Text(AssessSheets.Had(line))}</td><td>{line.Needed}</td><td>{line.Surplus}</td><td class=\"text wide\">{Bar(line, most)}</td><td class=\"wide\">{line.MeanPercent:0}</td>")
                .Append($"<td>{(line.PerMonth is { } money ? ReportPage.Text(AssessSheets.Text(money)) : $"<span class=\"muted\" title=\"{ReportPage.Text(line.Why)}\">not priced</span>")}</td></tr>\n");
        }

        return $"{table}</tbody>\n</table>\n{More(view.Oversized.Count)}<p class=\"muted\">{ReportPage.Text(AssessSheets.Ground(view))}{(view.NotPriced > 0 ? $" Not priced: {view.NotPriced}." : "")}</p>\n";
    }

    private static double Had(AssessLine line) => line.MeanInstances ?? line.Instances;

    private static string Bar(AssessLine line, double most)
    {
        var (all, needed) = (Had(line) / most * BarWidth, line.Needed.GetValueOrDefault() / most * BarWidth);
        return FormattableString.Invariant(
            $"<svg class=\"bar\" viewBox=\"0 0 {BarWidth} 10\" width=\"{BarWidth}\" height=\"10\" role=\"img\" aria-label=\"{line.Needed} of {Had(line):0.#}\"><rect class=\"surplus\" width=\"{all:0.#}\" height=\"10\" rx=\"2\"/><rect class=\"needed\" width=\"{needed:0.#}\" height=\"10\" rx=\"2\"/></svg>");
    }

    private static string Table(Sheet sheet, int[] texts, string whenEmpty, string more = "") =>
        sheet.Rows.Count == 0 ? $"<p>{ReportPage.Text(whenEmpty)}</p>\n" : ReportPage.List(sheet.Columns, sheet.Rows, texts) + more;

    private static string More(int count) => count > LinesShown ? $"<p class=\"muted\">and {count - LinesShown} more; <code>--format csv</code> has all of them</p>\n" : "";

    private static string Paragraph(string text) => text.Length == 0 ? "" : $"<p>{ReportPage.Text(text)}</p>\n";

    private static string How(AssessView view) => string.Concat(
        Paragraph($"The load of a quarter of an hour is the mean use of the processors times the instances that there were. Of {view.Days:0.#} days, the load that {100 * view.Quantile:0.##} % of the quarters did not exceed has to fit at {view.TargetPercent:0.#} % use; what a resource had beyond that, in whole instances and on the average, is too much."),
        Paragraph("Memory, connections, licences and bursts within a quarter of an hour are not in it, nor what is kept on purpose for the loss of a zone: ask the owner before anything is taken away. Rehearse a policy with 'backtest' before it acts."),
        Paragraph("App Service plans do not tell how many instances they had: theirs is the count of now, marked so. What another service scales is not judged at all."),
        Paragraph("A virtual machine is one: none is too many of it. It is idle where its processors were used at 3 % or less but in the busiest quarters, and half empty where the load would have fitted on half of them. What it ran is the share of the time that it has values of."),
        Paragraph("Databases are counted by vCore or DTU, with what they have now. A reversal is a change of the count that takes back one of the hour before. Something is suspected to set a resource back when it jumped to one count three times or more, from different ones, and Azure's own autoscale is not on."));
}
