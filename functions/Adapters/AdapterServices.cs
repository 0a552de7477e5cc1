using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Compute;
using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Adapters.Metrics;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters;

/// <summary>Registers the adapters. A new kind of resource or source of signals is one line here.</summary>
public static class AdapterServices
{
    /// <summary>Everything that talks to Azure. Needs logging.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="connection">How Azure, or the sandbox, is reached.</param>
    /// <param name="subscriptions">Subscription ids to look at; all that the identity sees when empty.</param>
    public static IServiceCollection AddAzureAdapters(
        this IServiceCollection services, AzureConnection connection, IReadOnlyList<string> subscriptions)
    {
        services.TryAddSingleton(connection);
        services.TryAddSingleton<ArmPipelines>();
        services.TryAddSingleton<ArmOperations>();
        services.TryAddSingleton(provider => new ArmWriter(
            provider.GetRequiredService<ArmPipelines>(), provider.GetRequiredService<ILogger<ArmWriter>>()));

        services.AddSingleton<ITargetInventory>(provider => new ScaleSetInventory(provider.GetRequiredService<ArmPipelines>(), subscriptions));
        services.AddSingleton<IMetricSource, BatchMetricSource>();
        services.AddSingleton<ITargetKind, ScaleSetTarget>();
        return services;
    }

    /// <summary>State in a local directory. Opened when first asked for.</summary>
    public static IServiceCollection AddSqliteState(this IServiceCollection services, string directory) =>
        services
            .AddSingleton(_ => SqliteStateStore.Open(directory))
            .AddSingleton<IStateStore>(provider => provider.GetRequiredService<SqliteStateStore>())
            .AddSingleton<IDocumentStore>(provider => provider.GetRequiredService<SqliteStateStore>())
            .AddSingleton<IChangeFeed>(provider => provider.GetRequiredService<SqliteStateStore>());
}
