using System.CommandLine;
using ScaleFunctions.App.Hosting;

namespace ScaleFunctions.App.Commands;

/// <summary>Reads every policy file of a directory and tells everything that is wrong with them.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var directory = new Argument<string>("directory") { Description = "Directory of policy files.", DefaultValueFactory = _ => SharedOptions.UsualPolicies };
        var format = SharedOptions.Format();
        var command = new Command("validate", "Check policy files: every error with file, line and column. Exit code 1 when there are any.")
        {
            directory, format,
        };
        command.SetAction(parsed => Run(parsed.GetValue(directory)!, parsed.GetValue(format)));
        return command;
    }

    private static int Run(string directory, OutputFormat format)
    {
        var policies = PolicyDirectory.Load(directory);
        IReadOnlyList<ValidationLine> lines =
            [.. policies.Errors.Select(error => new ValidationLine(error.Source.File, error.Source.Line, error.Source.Column, error.Message))];
        foreach (var narrowing in policies.Narrowings)
        {
            Terminal.Note($"note: {narrowing}");
        }

        var sheet = new Sheet("where", "what");
        foreach (var line in lines)
        {
            sheet.Add($"{line.File}:{line.Line}:{line.Column}", line.Message);
        }

        sheet.Print(
            format, lines, AppJson.Default.IReadOnlyListValidationLine,
            $"{directory}: no errors; policies found: Workload {policies.Workloads.Count}, HorizontalScaling "
            + $"{policies.HorizontalScaling.Count}, LoadBasedScaling {policies.LoadBasedScaling.Count}, PredictiveScaling {policies.PredictiveScaling.Count}, Guardrails {policies.Guardrails.Count}, ChangeCalendar {policies.ChangeCalendars.Count}, PolicyTest {policies.Tests.Count}");
        return lines.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }
}
