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
            .AddSingleton(azure.Time.Clock)
            .AddSqliteState(store)
            .AddSqliteWorkQueue(state)
            .AddAzureAdapters(azure.Connection, [])
            .AddScaling(new CycleOptions { Worker = $"local-{Environment.ProcessId}", ModeCeiling = PolicyMode.Act })
            .AddAlerts(Environment.GetEnvironmentVariable)
            .AddSingleton(provider => new AlertOutbox(
                store, provider.GetServices<IAlertSender>().Select(sender => new LocalAlertSender(sender)), azure.Time.Clock))
            .AddSingleton<LocalBudgetEvents>()
            .AddSingleton<IBudgetEvents>(provider => provider.GetRequiredService<LocalBudgetEvents>())
            .AddSingleton(new LocalRun())
            .AddSingleton<ICycleObserver>(provider => provider.GetRequiredService<LocalRun>())
            .AddSingleton<IPolicySource>(provider => new PolicyWatch(
                directory, policies, provider.GetRequiredService<RowStore>(), provider.GetRequiredService<ResourceKinds>(),
                azure.Time.Clock, tell, new LastGoodPolicies(store), provider.GetRequiredService<ITargetInventory>(), TimeProvider.System))
            .AddFunctions()

            // Simulated time runs faster than a caller's pace.
            .AddSingleton(new TriggerOptions { AreCallsLimited = false });
    }
}
