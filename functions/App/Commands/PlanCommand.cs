using System.CommandLine;
using ScaleFunctions.Adapters;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands;

/// <summary>One evaluation that writes nothing.</summary>
internal static class PlanCommand
{
    /// <summary>Simulated time a fresh sandbox runs before it is looked at: long enough for a metric window.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(30);

    public static Command Create()
    {
        var policies = new Option<string?>("--policies")
        {
            Description = "Directory of policy files. Default: that of the running local mode, else 'policies'.",
            HelpName = "DIR",
        };
        var state = SharedOptions.State();
        var format = SharedOptions.Format();
        var command = new Command(
            "plan", "Decide once and change nothing: what would happen now, and why. Exit code 2 when something would change.")
        {
            policies, state, format,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(policies), parsed.GetValue(state), parsed.GetValue(format), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? named, string? state, OutputFormat format, CancellationToken cancellationToken)
    {
        await using var view = await LocalView.OpenAsync(state, cancellationToken);
        var directory = named ?? view?.Policies ?? SharedOptions.UsualPolicies;
        var policies = PolicyDirectory.Load(directory);
        PolicyMessages.RequireSome(policies, directory);
        if (view is { Azure: { } azure, Store: { } store })
        {
            return await RunAsync(policies, azure, store, format, cancellationToken);
        }

        Terminal.Note(view is null
            ? "no local run is going on; planning on a fresh simulated Azure"
            : "that run has ended, and its simulated Azure with it; planning on a fresh one");
        return await RunFreshAsync(policies, format, cancellationToken);
    }

    private static async Task<int> RunFreshAsync(PolicySet policies, OutputFormat format, CancellationToken cancellationToken)
    {
        var settings = new LocalSettings { Speed = 0, Port = 0, Policies = "" };
        await using var azure = await SimulatedAzure.StartAsync(settings, null, new Dictionary<string, int>(), cancellationToken);
        var scratch = Directory.CreateTempSubdirectory("scalefunctions-plan-").FullName;
        try
        {
            using var store = SqliteStateStore.Open(scratch);
            await azure.Time.AdvanceToAsync(azure.Time.Clock.GetUtcNow() + WarmUp, cancellationToken);
            return await RunAsync(policies, azure, store, format, cancellationToken);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static async Task<int> RunAsync(
        PolicySet policies, SimulatedAzure azure, IStateStore store, OutputFormat format, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(azure.Time.Clock)
            .AddSingleton(store)
            .AddAzureAdapters(azure.Connection, [])
            .AddScaling(new CycleOptions { Worker = "plan", ModeCeiling = PolicyMode.Act })
            .BuildServiceProvider();
        var evaluations = await services.GetRequiredService<ScalingCycle>().RehearseAsync(policies, cancellationToken);
        IReadOnlyList<PlanLine> lines = [.. evaluations.Select(PlanLine.Of)];
        var sheet = new Sheet("target", "instances", "outcome", "why", "what would change it");
        foreach (var line in lines)
        {
            sheet.Add(
                line.Target, line.Goal == line.Current ? $"{line.Current}" : $"{line.Current} → {line.Goal}", line.Outcome, line.Reason, line.Counterfactual);
        }

        sheet.Print(format, lines, AppJson.Default.IReadOnlyListPlanLine, "the policies select no target here");
        return lines.Any(line => line.WouldChange) ? ExitCodes.WouldChange : ExitCodes.Done;
    }
}
