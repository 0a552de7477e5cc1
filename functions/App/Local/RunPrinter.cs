using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Sandbox.Estates;
using Spectre.Console;

namespace ScaleFunctions.App.Local;

/// <summary>Tells a run on the console: a line per decision, unchanged ones told once, and a summary at the end.
/// Actions and checks that end well are left to the journal.</summary>
internal sealed class RunPrinter(IAnsiConsole console)
{
    private const int NameWidth = 16;

    public void Print(TickReport tick)
    {
        foreach (var report in tick.Targets.Where(report => !report.IsRepetition && report.Kind != ReportKind.Settled))
        {
            Print(report);
        }
    }

    public void PrintSummary(LocalRun run, IReadOnlyList<FleetReport> fleets, TimeSpan simulated, TimeSpan real)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in new[] { "target", "decisions", "writes", "out", "in", "not as wanted", "instance-hours", "minutes short", "of minutes" })
        {
            table.AddColumn(column == "target" ? new TableColumn(column) : new TableColumn(column).RightAligned());
        }

        foreach (var target in run.Targets)
        {
            var fleet = fleets.FirstOrDefault(each => each.Target == target.Target);
            table.AddRow(
                Safe(target.Target.Name), $"{target.Decisions}", $"{target.Writes}", $"{target.ScaledOut}", $"{target.ScaledIn}",
                $"{target.Failed}", fleet is null ? "unknown" : $"{fleet.InstanceHours:0.0}", fleet is null ? "unknown" : $"{fleet.MinutesShort}",
                fleet is null ? "unknown" : $"{fleet.Minutes}");
        }

        console.WriteLine();
        console.Write(table);
        console.WriteLine(
            $"decisions {run.Targets.Sum(target => target.Decisions)}, writes {run.Targets.Sum(target => target.Writes)}, "
            + $"instance-hours {fleets.Sum(fleet => fleet.InstanceHours):0.0}, minutes short {fleets.Sum(fleet => fleet.MinutesShort)} "
            + $"of {fleets.Sum(fleet => fleet.Minutes)}; {SpanText.Describe(simulated)} simulated in {real.TotalSeconds:0.0} s");
    }

    private static string Safe(string text) => Markup.Escape(Terminal.Printable(text));

    private void Print(TargetReport report)
    {
        var (colour, word) = Look(report.Kind);
        var count = report.Goal == report.Current ? $"{report.Current,3}      " : $"{report.Current,3} → {report.Goal,-3}";
        var counterfactual = report.Kind == ReportKind.Hold && report.Counterfactual.Length > 0 ? $" ({report.Counterfactual})" : "";
        console.MarkupLine(
            $"[grey]{report.At:ddd dd MMM HH:mm}[/]  {Safe(report.Target.Name.PadRight(NameWidth))} {count} [{colour}]{word,-9}[/] {Safe(report.Text + counterfactual)}");
    }

    private static (string Colour, string Word) Look(ReportKind kind) => kind switch
    {
        ReportKind.ScaledOut => ("green", "scale out"),
        ReportKind.ScaledIn => ("blue", "scale in"),
        ReportKind.Hold => ("grey", "hold"),
        ReportKind.Held => ("yellow", "held"),
        ReportKind.ActionFailed => ("red", "failed"),
        _ => ("red", "error"),
    };
}
