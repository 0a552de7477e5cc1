using System.Text;
using ScaleFunctions.App.Commands.Backtests;
using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.App.Reports;

/// <summary>The report of <c>backtest</c> for a browser.</summary>
internal static class BacktestPage
{
    private const int Overview = 260;
    private const int Daily = 150;

    public static string Of(BacktestView view, BacktestResult result, IEnumerable<string> notes)
    {
        var page = new ReportPage($"Backtest of {view.Workload}");
        page.Paragraph(
            $"{Path.GetFileName(view.Trace)}, {view.From.UtcDateTime:yyyy-MM-dd HH:mm} to {view.To.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {view.MeanInstances:0.#} instances needed on the average; "
            + $"an instance serves {view.BootMinutes} minutes after it was asked for, and carries its share at 80 % CPU.", "muted");
        page.Paragraph($"Policy version {view.PolicyVersion}", "muted");
        foreach (var note in notes)
        {
            page.Paragraph(note, "note");
        }

        var sheet = BacktestCommand.Rows(view, "0.00");
        page.Section("What it came to", ReportPage.Table(sheet.Columns, sheet.Rows));
        var demand = result.Load.Demand;
        page.Section("Needed and serving", Legend(result) + FleetChart.Draw(
            result, (demand.ScoredFrom, demand.Minutes), Overview, $"Instances needed and serving over {result.Load.Demand.ScoredDays:0.#} days"));
        page.Section("Day by day", Days(result));
        page.Section("Held back by guards", view.Held.Count == 0
            ? "<p>No guard held anything back.</p>\n"
            : ReportPage.Table(["guard", "minutes"], view.Held.Select(each => new[] { each.Guard, $"{each.Minutes}" })));
        page.Section("What signals showed", view.Signals.Count == 0
            ? "<p>Nothing follows the load: bounds and floors alone decide.</p>\n"
            : ReportPage.Table(["signal", "showed"], view.Signals.Select(each => new[] { each.Name, $"{Shown(each)}" })));
        return page.ToString();
    }

    private static string Shown(BacktestSignal signal) => signal.Shows switch
    {
        ReplayedAs.Cpu => "the processors of the simulated fleet",
        ReplayedAs.Load => "the load, in the unit of the recording",
        ReplayedAs.Calculated => "what its formula made of the others",
        _ => $"nothing: {signal.Why}",
    };

    private static string Legend(BacktestResult result) => string.Concat(
        "<p class=\"legend\"><span><i class=\"need\"></i>needed</span><span><i class=\"have\"></i>serving</span><span><i class=\"short\"></i>short</span>",
        result.Load.CappedMinutes > 0 ? "<span><i class=\"capped\"></i>the recording was at its end: more may have been wanted</span>" : "",
        result.Predicted.Any(each => each is not null) ? "<span><i class=\"band\"></i>foreseen</span>" : "",
        "</p>\n");

    /// <summary>Each day by the clock of UTC, closed until somebody looks.</summary>
    private static string Days(BacktestResult result)
    {
        var (load, demand) = (result.Load, result.Load.Demand);
        var page = new StringBuilder();
        for (var from = demand.ScoredFrom; from < demand.Minutes;)
        {
            var midnight = load.At(from).UtcDateTime.Date.AddDays(1);
            var to = Math.Min(demand.Minutes, from + Math.Max(1, (int)(midnight - load.At(from).UtcDateTime).TotalMinutes));
            var (day, first, last) = ($"{load.At(from).UtcDateTime:yyyy-MM-dd ddd}", from, to);
            var missing = Enumerable.Range(first, last - first).Count(minute => result.Course.Serving[minute] < demand.Needed[minute]);
            var changes = result.Changes.Count(change => change.Minute >= first && change.Minute < last);
            var hours = Enumerable.Range(first, last - first).Sum(minute => result.Course.Billed[minute]) / 60d;
            page.Append($"<details><summary>{day}: {hours:0.0} instance hours, <span{(missing > 0 ? " class=\"bad\"" : "")}>{missing} minutes short</span>, {changes} changes</summary>\n")
                .Append(FleetChart.Draw(result, (first, last), Daily, day))
                .Append("</details>\n");
            from = to;
        }

        return page.ToString();
    }
}
