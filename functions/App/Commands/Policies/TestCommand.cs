using System.CommandLine;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.App.Commands.Policies;

/// <summary>Plays the cases that stand beside policies.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        var directory = new Argument<string>("directory") { Description = "Directory of policy files.", DefaultValueFactory = _ => SharedOptions.UsualPolicies };
        var format = SharedOptions.Format();
        var command = new Verb(
            "test", "Play the given/when/then cases that stand beside policies (kind PolicyTest). Exit code 1 when one fails, or there is an error.",
            "sf test policies")
        {
            directory, format,
        };
        command.SetAction(parsed => Run(parsed.GetValue(directory)!, parsed.GetValue(format)));
        return command;
    }

    private static int Run(string directory, OutputFormat format)
    {
        var policies = PolicyDirectory.Load(directory);
        PolicyMessages.Print(policies);
        IReadOnlyList<TestLine> lines = [.. PolicyCases.Play(policies).Select(result => new TestLine(
            result.Source.File, result.Source.Line, result.Test, result.Case, result.IsPassed, result.Differences, result.Actual, result.Reason))];
        var sheet = new Sheet("", "case", "came to", "why");
        foreach (var line in lines)
        {
            sheet.Add(
                line.IsPassed ? "passed" : "FAILED", $"{line.Test}: {line.Case}", line.Actual,
                line.IsPassed ? line.Reason : $"{line.File}:{line.Line}: {string.Join("; ", line.Differences)}{(line.Reason.Length == 0 ? "" : $" ({line.Reason})")}");
        }

        var failed = lines.Count(line => !line.IsPassed);
        sheet.Print(format, lines, AppJson.Default.IReadOnlyListTestLine, $"{directory}: there are no cases; see 'PolicyTest' in docs/policies.md");
        if (lines.Count > 0)
        {
            Terminal.Note($"{lines.Count - failed} passed, {failed} failed");
        }

        return failed + policies.Errors.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }
}
