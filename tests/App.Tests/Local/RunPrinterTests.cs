using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Targets;
using Spectre.Console;

namespace ScaleFunctions.App.Tests.Local;

public sealed class RunPrinterTests
{
    private const string Reason = "cpu 66.3 against a target of 60: the load fits 5 instances, there are 4; limited: at most 2 instances in 60 s";

    [Fact]
    public void A_long_line_goes_on_under_its_beginning()
    {
        var lines = Print(100, Report(ReportKind.ScaledOut));

        Assert.True(lines.Count > 1);
        Assert.StartsWith("2026-01-05 08:30  web                4 → 5   scale out cpu 66.3", lines[0], StringComparison.Ordinal);
        var indent = lines[0].IndexOf("cpu", StringComparison.Ordinal);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 100));
        Assert.All(lines.Skip(1), line => Assert.Equal(indent, line.Length - line.TrimStart().Length));
        Assert.Equal(Reason, string.Join(' ', lines.Select(line => line[indent..].TrimEnd())));
    }

    [Fact]
    public void A_line_in_a_file_is_one_line() =>
        Assert.EndsWith(Reason, Assert.Single(Print(4096, Report(ReportKind.ScaledIn))), StringComparison.Ordinal);

    [Fact]
    public void A_repetition_is_not_told_again() =>
        Assert.Empty(Print(100, Report(ReportKind.Hold) with { IsRepetition = true }));

    [Fact]
    public void Markup_in_a_name_or_reason_is_shown_as_it_is() =>
        Assert.Contains("[red]x[/]", Assert.Single(Print(4096, Report(ReportKind.Held) with { Text = "[red]x[/]" })), StringComparison.Ordinal);

    private static List<string> Print(int width, TargetReport report)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = width;
        new RunPrinter(console).Observe(new TickReport { At = report.At, Targets = [report], Decisions = 1, Writes = 0 });
        return [.. writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static TargetReport Report(ReportKind kind) => new()
    {
        Target = TargetId.Parse("/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/web"),
        At = new DateTimeOffset(2026, 1, 5, 8, 30, 0, TimeSpan.Zero),
        Current = 4,
        Goal = 5,
        Kind = kind,
        Text = Reason,
    };
}
