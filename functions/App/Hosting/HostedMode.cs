using System.Globalization;
using ScaleFunctions.Adapters;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Cycle;

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
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Information)
                .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Azure", LogLevel.Warning);
            Compose(builder.Services, settings);
            await using var app = builder.Build();
            RequireQueues(app.Services);
            await app.StartAsync(port, advice: "", cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
            await Console.Error.WriteLineAsync("the custom handler was asked to stop");
        }
        catch (Exception exception) when (exception is UserErrorException or Core.State.StateStoreException)
        {
            await Console.Error.WriteLineAsync($"error: {exception.Message}");
        }

        return ExitCodes.Failed;
    }

    internal static void Compose(IServiceCollection services, HostedSettings settings)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSqliteState(StateDirectories.Prepare(settings.State, TimeProvider.System));
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

        services.AddScaling(new CycleOptions { Worker = Environment.MachineName, ModeCeiling = settings.Mode });
        services.AddSingleton<IPolicySource>(provider => new PolicyWatch(
            settings.Policies,
            PolicyDirectory.Load(settings.Policies),
            provider.GetRequiredService<RowStore>(),
            TimeProvider.System,
            new PolicyLog(provider.GetRequiredService<ILogger<PolicyLog>>()).Tell));
        services.AddSingleton<ICycleObserver, CycleLog>();
        services.AddFunctions();
    }

    private static void RequireQueues(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IWorkQueue>();
        }
        catch (FormatException exception)
        {
            // Not its message, which is never printed: that can repeat the key.
            throw new UserErrorException("the app setting WorkStorage is no connection string of a storage account", exception);
        }
    }

    private static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw new UserErrorException($"{PortVariable} is '{text}', which is no port");
}
