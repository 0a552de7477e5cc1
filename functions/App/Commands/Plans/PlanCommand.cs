using System.CommandLine;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Plans;

/// <summary>One evaluation that writes nothing.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var policies = ReadOnlyEstate.Policies();
        var state = SharedOptions.State();
        var estate = SharedOptions.Estate();
        var format = SharedOptions.Format();
        var command = new Command(
            "plan", "Decide once and change nothing: what would happen now, and why. Exit code 2 when something would change, 1 when a target cannot be decided, 3 when not all of the estate could be read.")
        {
            policies, state, estate, format,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(policies), parsed.GetValue(state), parsed.GetValue(estate), parsed.GetValue(format), cancellationToken));
        return command;
    }

    private static Task<int> RunAsync(string? named, string? state, string? estate, OutputFormat format, CancellationToken cancellationToken) =>
        ReadOnlyEstate.UseAsync(named, state, estate, (policies, services) => RunAsync(policies, services, format, cancellationToken), cancellationToken);

    private static async Task<int> RunAsync(
        PolicySet policies, IServiceProvider services, OutputFormat format, CancellationToken cancellationToken)
    {
        var rehearsal = await services.GetRequiredService<ScalingCycle>().RehearseAsync(policies, cancellationToken);
        var lines = PlanLine.Of(rehearsal);
        var gaps = PlanGaps.Of(rehearsal);
        var sheet = new Sheet("target", "instances", "outcome", "why", "what would change it");
        foreach (var line in lines)
        {
            sheet.Add(
                line.Target, line.Goal == line.Current ? $"{line.Current}" : $"{line.Current} → {line.Goal}", line.Outcome, line.Reason, line.Counterfactual);
            if (line.Size is { } size)
            {
                sheet.Add(line.Target, size.From == size.To ? size.From : $"{size.From} → {size.To}", size.Outcome, size.Reason, "");
            }
        }

        foreach (var apart in rehearsal.Seen.LeftAlone.Where(each => policies.For(each) is not TargetPolicies.None))
        {
            Terminal.Note($"left alone: {apart.Id.Name}, {apart.Owner.Why}");
        }

        foreach (var broken in rehearsal.Broken)
        {
            Terminal.Note($"error: {broken.Target.Name}: {broken.Text}");
        }

        foreach (var gap in gaps)
        {
            Terminal.Note(gap.Reason);
            sheet.Add(gap.Target, "", gap.Outcome, gap.Reason, "");
        }

        sheet.Print(format, [.. lines, .. gaps], AppJson.Default.IReadOnlyListPlanLine, "the policies select no target here");
        return rehearsal.Broken.Count > 0 ? ExitCodes.Failed
            : rehearsal.Seen is InventoryReading.Partial ? ExitCodes.Partial
            : lines.Any(line => line.WouldChange) ? ExitCodes.WouldChange
            : ExitCodes.Done;
    }
}
