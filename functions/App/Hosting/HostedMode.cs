using System.Globalization;
using ScaleFunctions.Adapters;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Events;
using ScaleFunctions.Adapters.Telemetry;
using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.SelfCosts;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Hosting;

/// <summary>
/// The custom handler under the Functions host. The sandbox and its credential cannot be constructed from here: nothing in
/// this composition refers to them, and a test proves it.
/// </summary>
internal static class HostedMode
{
    private const string PortVariable = "FUNCTIONS_CUSTOMHANDLER_PORT";

    /// <summary>Whether the Functions host started this process.</summary>
    public static bool IsHosted => Environment.GetEnvironmentVariable(PortVariable) is { Length: > 0 };

    /// <summary>
    /// Serves until the host kills the process. It never ends with 0: the host takes that for "done" and calls a handler that
    /// is gone for ever after.
    /// </summary>
    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var port = Port(Environment.GetEnvironmentVariable(PortVariable)!);
            var builder = FunctionApp.CreateBuilder(port);
            builder.Configuration.AddEnvironmentVariables();
            var settings = HostedSettings.Read(builder.Configuration);
            builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.IncludeScopes) = (true, true)).SetMinimumLevel(LogLevel.Information)
                .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Azure", LogLevel.Warning);

            // Each line says which invocation and which trace it belongs to; the Functions host ties what we print to neither.
            builder.Logging.Configure(logging => logging.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
            Compose(builder.Services, settings);
            var telemetry = TelemetrySettings.Read(builder.Configuration, isHosted: true);
            builder.Services.AddTelemetry(telemetry, Environment.MachineName, InvocationTelemetry.Name);
            await using var app = builder.Build();
            if (telemetry.Problem is { } problem)
            {
                Log.NoTelemetry(app.Services.GetRequiredService<ILogger<TelemetrySettings>>(), problem);
            }

            Require<IWorkQueue>(app.Services, "WorkStorage");
            Require<IStateStore>(app.Services, "StateStorage");
            if (settings.State is HostedState.LocalDirectory { Path: var directory })
            {
                Log.StateOfOneInstance(app.Services.GetRequiredService<ILogger<HostedSettings>>(), directory);
            }

            await app.StartAsync(port, advice: "", cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
            await Console.Error.WriteLineAsync("the custom handler was asked to stop");
        }
        catch (Exception exception) when (exception is UserErrorException or StateStoreException or WorkQueueException)
        {
            await Console.Error.WriteLineAsync($"error: {exception.Message}");
        }

        return ExitCodes.Failed;
    }

    internal static void Compose(IServiceCollection services, HostedSettings settings)
    {
        services.AddSingleton(TimeProvider.System);
        AddState(services, settings.State);
        services.AddAzureAdapters(
            new AzureConnection
            {
                Credential = AzureCredentials.Hosted(settings.ReadClientId),
                WriteCredential = settings.ActClientId is { } act ? AzureCredentials.Hosted(act) : null,
                Time = TimeProvider.System,
            },
            settings.Subscriptions);
        if (settings.QueueService is { } queues)
        {
            services.AddStorageWorkQueue(queues, AzureCredentials.Hosted(settings.QueueClientId), settings.QueueNames);
        }
        else
        {
            services.AddStorageWorkQueue(settings.QueueConnectionString, settings.QueueNames);
        }

        if (settings.BudgetTopic is { } topic)
        {
            services.AddSingleton<IBudgetEvents>(new EventGridBudgetEvents(topic, AzureCredentials.Hosted(settings.BudgetTopicClientId)));
        }

        services.AddAlerts(settings.Setting, AzureCredentials.Hosted(settings.BudgetTopicClientId ?? settings.ReadClientId));
        services.AddScaling(new CycleOptions { Worker = Environment.MachineName, ModeCeiling = settings.Mode, Interval = settings.TickEvery });
        services.AddSingleton<IPolicySource>(provider => new PolicyWatch(
            settings.Policies.Open(provider.GetService<UsageCounter>()),
            provider.GetRequiredService<RowStore>(),
            provider.GetRequiredService<ResourceKinds>(),
            TimeProvider.System,
            new PolicyLog(provider.GetRequiredService<ILogger<PolicyLog>>()).Tell,
            new LastGoodPolicies(provider.GetRequiredService<IDocumentStore>()),
            provider.GetRequiredService<ITargetInventory>()));
        services.AddSingleton<ICycleObserver, CycleLog>();
        services.AddFunctions();
    }

    private static IServiceCollection AddState(IServiceCollection services, HostedState state) => state switch
    {
        HostedState.Table table => services.AddTableState(table.Service, AzureCredentials.Hosted(table.ClientId), table.Name),
        HostedState.TableByKey table => services.AddTableState(table.ConnectionString, table.Name),
        HostedState.LocalDirectory directory => services.AddSqliteState(StateDirectories.Prepare(directory.Path, TimeProvider.System)),
        _ => throw new InvalidOperationException("no such state"),
    };

    private static void Require<T>(IServiceProvider services, string setting)
        where T : class
    {
        try
        {
            services.GetRequiredService<T>();
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            // Not its message, which is never printed: that can repeat the key.
            throw new UserErrorException($"the app setting {setting} is no connection string of a storage account; copy it whole, or name the account by its address and let an identity open it", exception);
        }
    }

    private static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw new UserErrorException($"{PortVariable} is '{text}', which is no port; the Functions host sets it to one from 1 to 65535, and whoever starts the program as it does has to as well");

    private static class Log
    {
        private static readonly Action<ILogger, string, Exception?> StateOfOneInstanceMessage = LoggerMessage.Define<string>(
            LogLevel.Warning,
            new EventId(1501, nameof(StateOfOneInstance)),
            "The state is in {Directory}, on the disk of this instance: no other instance sees it, and it is lost with the disk. The app then works only as long as "
            + "exactly one instance runs all functions, which Flex Consumption never does. Name a table with the app setting StateStorage__tableServiceUri");

        private static readonly Action<ILogger, string, Exception?> NoTelemetryMessage = LoggerMessage.Define<string>(
            LogLevel.Error, new EventId(1502, nameof(NoTelemetry)), "Telemetry does not go where settings say, and a dead-man alert that waits for it will fire: {Problem}");

        public static void StateOfOneInstance(ILogger logger, string directory) => StateOfOneInstanceMessage(logger, directory, null);

        public static void NoTelemetry(ILogger logger, string problem) => NoTelemetryMessage(logger, problem, null);
    }
}
