using System.Text;
using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Sandbox.Estates;
using Spectre.Console;

namespace ScaleFunctions.App.Local;

/// <summary>Tells a run on the console: a line per decision, unchanged ones told once, and a summary at the end.
/// Actions and checks that end well are left to the journal.</summary>
internal sealed class RunPrinter(IAnsiConsole console) : ICycleObserver
{
    private const int NameWidth = 16;

    private readonly Lock _gate = new();
    private bool _isOver;

    /// <summary>Tells a tick. Of one that is still under way when a run was interrupted the journal tells.</summary>
    public void Observe(TickReport tick)
    {
        lock (_gate)
        {
            foreach (var report in tick.Targets.Where(report => !_isOver && !report.IsRepetition && report.Kind != ReportKind.Settled))
            {
                Print(report);
            }
        }
    }

    public void PrintSummary(LocalRun run, IReadOnlyList<FleetReport> fleets, TimeSpan simulated, TimeSpan real)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in new[] { "target", "decisions", "writes", "out", "in", "size", "failed", "instance-hours", "minutes short" })
        {
            table.AddColumn(column == "target" ? new TableColumn(column) : new TableColumn(column).RightAligned());
        }

        foreach (var target in run.Targets)
        {
            var fleet = fleets.FirstOrDefault(each => each.Target == target.Target);
            table.AddRow(
                Safe(target.Target.Name), $"{target.Decisions}", $"{target.Writes}", $"{target.ScaledOut}", $"{target.ScaledIn}", $"{target.Resized}",
                $"{target.Failed}", fleet is null ? "unknown" : $"{fleet.InstanceHours:0.0}",
                fleet is null ? "unknown" : $"{fleet.MinutesShort} of {fleet.Minutes}");
        }

        // What no policy selects costs and lacks nothing that is ours.
        var ours = fleets.Where(fleet => run.Targets.Any(target => target.Target == fleet.Target)).ToList();
        lock (_gate)
        {
            _isOver = true;
            console.WriteLine();
            console.Write(table);
            console.WriteLine(
                $"decisions {run.Targets.Sum(target => target.Decisions)}, writes {run.Targets.Sum(target => target.Writes)}, "
                + $"instance-hours {ours.Sum(fleet => fleet.InstanceHours):0.0}, minutes short {ours.Sum(fleet => fleet.MinutesShort)} "
                + $"of {ours.Sum(fleet => fleet.Minutes)}; {SpanText.Describe(simulated)} simulated in {real.TotalSeconds:0.0} s");
        }
    }

    private static string Safe(string text) => Markup.Escape(Terminal.Printable(text));

    private void Print(TargetReport report)
    {
        var (colour, word) = Look(report.Kind);
        var count = report.Goal == report.Current ? $"{report.Current,3}      " : $"{report.Current,3} → {report.Goal,-3}";
        var counterfactual = report.Kind == ReportKind.Hold && report.Counterfactual.Length > 0 ? $" ({report.Counterfactual})" : "";
        var when = $"{report.At:yyyy-MM-dd HH:mm}";
        var name = report.Target.Name.PadRight(NameWidth);
        var indent = $"{when}  {name} {count} {word,-9} ".Length;
        console.MarkupLine(
            $"[grey]{when}[/]  {Safe(name)} {count} [{colour}]{word,-9}[/] {Safe(Wrap(report.Text + counterfactual, indent))}");
    }

    /// <summary>Breaks a text that is too long for the terminal so that it goes on under its beginning.</summary>
    private string Wrap(string text, int indent)
    {
        var width = Math.Max(20, console.Profile.Width - indent);
        var wrapped = new StringBuilder();
        var column = 0;
        foreach (var word in text.Split(' '))
        {
            if (column > 0 && column + 1 + word.Length > width)
            {
                wrapped.Append('\n').Append(' ', indent);
                column = 0;
            }

            wrapped.Append(column > 0 ? " " : "").Append(word);
            column += word.Length + (column > 0 ? 1 : 0);
        }

        return wrapped.ToString();
    }

    private static (string Colour, string Word) Look(ReportKind kind) => kind switch
    {
        ReportKind.ScaledOut => ("green", "scale out"),
        ReportKind.ScaledIn => ("blue", "scale in"),
        ReportKind.Resized => ("teal", "resize"),
        ReportKind.RolledOut => ("teal", "resized"),
        ReportKind.Rested => ("blue", "off-hours"),
        ReportKind.Hold => ("grey", "hold"),
        ReportKind.Held => ("yellow", "held"),
        ReportKind.ActionFailed => ("red", "failed"),
        _ => ("red", "error"),
    };
}
