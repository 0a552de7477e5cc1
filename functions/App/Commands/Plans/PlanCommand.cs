using System.CommandLine;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Commands.Plans;

/// <summary>One evaluation that writes nothing.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var (policies, state, format) = (ReadOnlyEstate.Policies(), SharedOptions.State(), SharedOptions.Format());
        var places = new EstateOptions();
        var command = new Verb(
            "plan", "Decide once and change nothing: what would happen now, and why. Exit code 2 when something would change, 1 when a target cannot be decided, 3 when not all of the estate could be read.",
            "sf plan",
            "sf plan --format markdown",
            "sf plan --estate large --policies docs/examples/large-estate",
            "sf plan --azure --policies policies --state /var/lib/scalefunctions")
        {
            policies, state, format,
        };
        places.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            places.Of(parsed, parsed.GetValue(state)), parsed.GetValue(policies), parsed.GetValue(format), cancellationToken));
        return command;
    }

    /// <summary>Decides and tells, on whatever estate is meant.</summary>
    internal static Task<int> RunAsync(EstatePlace place, string? policies, OutputFormat format, CancellationToken cancellationToken) => ReadOnlyEstate.UseAsync(
        place, policies,
        async (set, services) =>
        {
            var sheet = new PlanSheet(await services.GetRequiredService<ScalingCycle>().RehearseAsync(set, cancellationToken), set);
            sheet.PrintNotes();
            sheet.Print(format);
            return sheet.ExitCode;
        },
        cancellationToken);
}
