using System.CommandLine;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Policies;

/// <summary>Reads every policy file of a directory and tells everything that is wrong with them.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var directory = new Argument<string>("directory") { Description = "Directory of policy files.", DefaultValueFactory = _ => SharedOptions.UsualPolicies };
        var format = SharedOptions.Format();
        var state = SharedOptions.State();
        var online = new Option<bool>("--online")
        {
            Description = "Also ask the running local mode, else a fresh simulated Azure, whether the metrics are there that the policies name.",
        };
        var command = new Verb(
            "validate", "Check policy files: every error with file, line and column. Exit code 1 when there are any.",
            "sf validate policies",
            "sf validate policies --online")
        {
            directory, format, online, state,
        };
        command.SetAction(async (parsed, cancellationToken) => Print(
            parsed.GetValue(directory)!,
            parsed.GetValue(format),
            parsed.GetValue(online) ? await AskAsync(parsed.GetValue(directory)!, parsed.GetValue(state), cancellationToken) : []));
        return command;
    }

    private static async Task<IReadOnlyList<PolicyFinding>> AskAsync(string directory, string? state, CancellationToken cancellationToken)
    {
        IReadOnlyList<PolicyFinding> findings = [];
        await ReadOnlyEstate.UseAsync(
            directory,
            state,
            estate: null,
            async (policies, services) =>
            {
                var seen = await services.GetRequiredService<ITargetInventory>().ListAsync(cancellationToken);
                findings = await OnlineCheck.RunAsync(policies, seen.Targets, services.GetRequiredService<IMetricDefinitionSource>(), cancellationToken);
                return ExitCodes.Done;
            },
            cancellationToken);
        return findings;
    }

    private static int Print(string directory, OutputFormat format, IReadOnlyList<PolicyFinding> findings)
    {
        var policies = PolicyDirectory.Load(directory);
        IReadOnlyList<ValidationLine> lines =
        [
            .. policies.Errors.Select(error => new ValidationLine(error.Source.File, error.Source.Line, error.Source.Column, error.Message)),
            .. findings.Select(finding => new ValidationLine(finding.Source.File, finding.Source.Line, finding.Source.Column, $"{finding.Rule}: {finding.Message}")),
        ];
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
            + $"{policies.HorizontalScaling.Count}, LoadBasedScaling {policies.LoadBasedScaling.Count}, PredictiveScaling {policies.PredictiveScaling.Count}, VerticalScaling {policies.VerticalScaling.Count}, ResourceRightsizing {policies.ResourceRightsizing.Count}, UsageOptimization {policies.UsageOptimization.Count}, CostMonitoring {policies.CostMonitoring.Count}, BudgetAlerts {policies.BudgetAlerts.Count}, AlertChannels {policies.AlertChannels.Count}, Guardrails {policies.Guardrails.Count}, ChangeCalendar {policies.ChangeCalendars.Count}, PolicyTest {policies.Tests.Count}");
        return lines.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }
}
