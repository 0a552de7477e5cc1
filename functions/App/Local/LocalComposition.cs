using ScaleFunctions.Adapters;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Adapters.Telemetry;
using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Local;

/// <summary>Wires the functions beside a simulated Azure: the same for a run that is watched and for one that tests itself.</summary>
internal static class LocalComposition
{
    /// <summary>Registers all but what tells of the run.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="directory">Policy files.</param>
    /// <param name="policies">What was read of them.</param>
    /// <param name="state">Where state lies.</param>
    /// <param name="azure">The simulated Azure.</param>
    /// <param name="store">The state.</param>
    /// <param name="tell">Takes what people should know of policies.</param>
    public static void Add(
        WebApplicationBuilder builder, string directory, PolicySnapshot policies, string state, SimulatedAzure azure, SqliteStateStore store, Action<string> tell)
    {
        builder.Configuration.AddInMemoryCollection(Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Select(each => KeyValuePair.Create($"{each.Key}", each.Value?.ToString()))
            .Where(each => each.Key.StartsWith("OTEL_", StringComparison.Ordinal)));
        var telemetry = TelemetrySettings.Read(builder.Configuration, isHosted: false);
        if (telemetry.Problem is { } problem)
        {
            Terminal.Note($"no telemetry: {problem}");
        }

        builder.Services
            .AddTelemetry(telemetry, $"local-{Environment.ProcessId}", InvocationTelemetry.Name)
            .AddSingleton<LocalBudgetEvents>()
            .AddSingleton<IBudgetEvents>(provider => provider.GetRequiredService<LocalBudgetEvents>())
            .AddSingleton(new LocalRun())
            .AddSingleton<ICycleObserver>(provider => provider.GetRequiredService<LocalRun>());
        AddWorker(
            builder.Services,
            new WorkerSetup($"local-{Environment.ProcessId}", directory, policies, state, store, azure.Connection) { Tell = tell });

        // Simulated time runs faster than a caller's pace.
        builder.Services.AddSingleton(new TriggerOptions { AreCallsLimited = false });
    }

    /// <summary>Registers the functions of a worker on this machine, with all they stand on: for a run, and for a tick that a person asks for.</summary>
    public static IServiceCollection AddWorker(IServiceCollection services, WorkerSetup setup) => services
        .AddSingleton(setup.Azure.Time)
        .AddSqliteState(setup.Store)
        .AddSqliteWorkQueue(setup.State)
        .AddAzureAdapters(setup.Azure, setup.Subscriptions)
        .AddScaling(new CycleOptions { Worker = setup.Name, ModeCeiling = PolicyMode.Act })
        .AddAlerts(Environment.GetEnvironmentVariable)
        .AddSingleton(provider => new AlertOutbox(
            setup.Store, provider.GetServices<IAlertSender>().Select(sender => new LocalAlertSender(sender)), setup.Azure.Time))
        .AddSingleton<IPolicySource>(provider => new PolicyWatch(
            setup.Directory, setup.Policies, provider.GetRequiredService<RowStore>(), provider.GetRequiredService<ResourceKinds>(),
            setup.Azure.Time, setup.Tell, new LastGoodPolicies(setup.Store), provider.GetRequiredService<ITargetInventory>(), TimeProvider.System))
        .AddFunctions();
}
