using System.CommandLine;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Commands.Policies;

/// <summary>Tells what is allowed in policies and probably not meant.</summary>
internal static class LintCommand
{
    public static Command Create()
    {
        var directory = new Argument<string>("directory") { Description = "Directory of policy files.", DefaultValueFactory = _ => SharedOptions.UsualPolicies };
        var format = SharedOptions.Format();
        var command = new Verb(
            "lint", "What is allowed in policies and probably not meant. Exit code 1 when there is anything, or an error.",
            "sf lint policies")
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
        IReadOnlyList<LintLine> lines = [.. PolicyLint.Check(policies)
            .Select(finding => new LintLine(finding.Source.File, finding.Source.Line, finding.Source.Column, finding.Rule, finding.Message))];
        var sheet = new Sheet("where", "rule", "what");
        foreach (var line in lines)
        {
            sheet.Add($"{line.File}:{line.Line}:{line.Column}", line.Rule, line.Message);
        }

        sheet.Print(format, lines, AppJson.Default.IReadOnlyListLintLine, $"{directory}: nothing to say");
        return lines.Count + policies.Errors.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }
}
