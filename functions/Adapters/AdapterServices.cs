using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ScaleFunctions.Adapters.ActivityLogs;
using ScaleFunctions.Adapters.Advisories;
using ScaleFunctions.Adapters.AppService;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Autoscale;
using ScaleFunctions.Adapters.Compute;
using ScaleFunctions.Adapters.Costs;
using ScaleFunctions.Adapters.Generic;
using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Adapters.Limits;
using ScaleFunctions.Adapters.Logs;
using ScaleFunctions.Adapters.Metrics;
using ScaleFunctions.Adapters.Notifications;
using ScaleFunctions.Adapters.Prices;
using ScaleFunctions.Adapters.Queues;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Adapters.Storage.Tables;
using ScaleFunctions.Adapters.Throttling;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.ActivityLogs;
using ScaleFunctions.Core.Advisories;
using ScaleFunctions.Core.Assessments.Leftovers;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.SelfCosts;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Throttling;

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
        services.TryAddSingleton(provider => new LaneGates(
            connection.Time, Worker(provider), provider.GetRequiredService<ILogger<LaneGates>>())
        {
            Usage = provider.GetService<UsageCounter>(),
        });
        services.TryAddSingleton(provider => new AzureTurns(
            connection,
            provider.GetRequiredService<LaneGates>(),
            provider.GetService<IDocumentStore>() is { } documents ? new LaneBoard(documents, Worker(provider)) : null,
            provider.GetRequiredService<ILogger<AzureTurns>>()));
        services.TryAddSingleton<ArmPipelines>();
        services.TryAddSingleton<ArmOperations>();
        services.TryAddSingleton(provider => new ArmWriter(
            provider.GetRequiredService<ArmPipelines>(), provider.GetRequiredService<ILogger<ArmWriter>>()));

        services.TryAddSingleton<ResourceKinds>();
        services.AddSingleton<EstateFacts>();
        services.AddSingleton<ITargetInventory>(provider => new EstateInventory(
            provider.GetRequiredService<ArmPipelines>(), [.. provider.GetServices<ITargetList>()], subscriptions,
            provider.GetRequiredService<EstateFacts>(), provider.GetRequiredService<NativeAutoscales>(),
            provider.GetRequiredService<ResourceKinds>()));
        services.TryAddSingleton<ILeftoverSource>(provider => new LeftoverSource(provider.GetRequiredService<ArmPipelines>(), subscriptions));
        services.TryAddSingleton<NativeAutoscales>();
        services.TryAddSingleton<IAutoscaleSettings>(provider => provider.GetRequiredService<NativeAutoscales>());

        // A floor under Azure's own autoscale is written like a capacity, and nobody's target by itself.
        services.AddSingleton<ITargetKind, AutoscaleFloor>();

        // Kinds that policies declare are known when they are asked for, and so are their lists.
        services.AddSingleton<ITargetKind, DeclaredTarget>();
        services.AddSingleton<IMetricSource, BatchMetricSource>();
        services.AddSingleton<IMetricDefinitionSource, MetricDefinitionSource>();
        services.AddSingleton<IMomentarySource>(provider => new StorageQueueSignals(provider.GetRequiredService<ArmPipelines>()));
        services.AddSingleton<IMomentarySource, LogQuerySignals>();
        services.TryAddSingleton<IPriceSource>(provider => new PriceBook(
            new RetailPrices(provider.GetRequiredService<ArmPipelines>()), provider.GetService<IDocumentStore>(), connection.Time));
        services.TryAddSingleton<RetailPricing>();
        services.TryAddSingleton<ILockSource, ResourceLocks>();
        services.TryAddSingleton<IPermissionSource, WriterPermissions>();
        services.TryAddSingleton<IComputeLimits, ComputeLimits>();
        services.TryAddSingleton<PreflightSources>();
        services.TryAddSingleton<IActivityLog, ResourceActivity>();
        services.TryAddSingleton<ICostAdvisor, CostAdvisor>();
        services.TryAddSingleton<IBilledCosts, BilledCosts>();
        services.TryAddSingleton<IBudgetSource, BudgetSource>();
        services.TryAddSingleton<IAzureForecast, AzureForecast>();
        services.AddSingleton<ISizeSource, ScaleSetSizeSource>();
        services.AddSingleton<ISizeSource, MachineSizeSource>();
        services.AddSingleton<ISizeSource, PlanSizeSource>();
        services.TryAddSingleton(provider => new SizeSources(
            [.. provider.GetServices<ISizeSource>()], provider.GetRequiredService<IComputeLimits>(), provider.GetRequiredService<ICostAdvisor>(),
            provider.GetRequiredService<IPriceSource>()));

        // Agent pools are looked at, and nothing can write them: there is a list and no kind.
        services.AddSingleton<ITargetList, AgentPoolList>();
        return services
            .AddResource<ScaleSetTarget, ScaleSetList>()
            .AddResource<PlanTarget, PlanList>()
            .AddResource<MachineTarget, MachineList>();
    }

    /// <summary>What only reads of Azure: whatever kinds there are, none that writes is among them, nor a client that could. Needs logging.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="connection">How Azure, or the sandbox, is reached.</param>
    /// <param name="subscriptions">Subscription ids to look at; all that the identity sees when empty.</param>
    public static IServiceCollection AddAzureReads(
        this IServiceCollection services, AzureConnection connection, IReadOnlyList<string> subscriptions) =>
        services
            .AddAzureAdapters(connection with { IsReadOnly = true, WriteCredential = null }, subscriptions)
            .RemoveAll<ITargetKind>()
            .RemoveAll<ArmWriter>()
            .RemoveAll<ArmOperations>();

    /// <summary>
    /// What decides as a tick does and writes nothing: kinds that know themselves, over a connection that has no way for writes. That
    /// somebody may write what is planned is taken for granted. Needs logging.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="connection">How Azure, or the sandbox, is reached.</param>
    /// <param name="subscriptions">Subscription ids to look at; all that the identity sees when empty.</param>
    public static IServiceCollection AddAzureRehearsal(
        this IServiceCollection services, AzureConnection connection, IReadOnlyList<string> subscriptions) =>
        services
            .AddSingleton<IPermissionSource, AssumedPermissions>()
            .AddAzureAdapters(connection with { IsReadOnly = true, WriteCredential = null }, subscriptions);

    /// <summary>Ways of telling people. Needs a document store and a time provider.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="setting">Reads an app setting: those that hold addresses and keys of channels are asked for.</param>
    /// <param name="credential">The identity that publishes to topics whose channel has no key; absent where there is none.</param>
    public static IServiceCollection AddAlerts(this IServiceCollection services, Func<string, string?> setting, TokenCredential? credential = null)
    {
        services.TryAddSingleton(provider => new AlertHttp(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(new AlertSettings(setting));
        services.AddSingleton<IAlertSender, TeamsSender>();
        services.AddSingleton<IAlertSender, SlackSender>();
        services.AddSingleton<IAlertSender, WebhookSender>();
        services.AddSingleton<IAlertSender>(provider => new EventGridSender(provider.GetRequiredService<AlertSettings>(), credential));
        services.AddSingleton<IAlertSender, ActionGroupSender>();
        services.TryAddSingleton<AlertOutbox>();
        services.TryAddSingleton<AlertSnoozes>();
        return services;
    }

    // Tells the instances apart; a verb that has no cycle is alone.
    private static string Worker(IServiceProvider provider) => provider.GetService<CycleOptions>()?.Worker ?? "";

    private static IServiceCollection AddResource<TKind, TList>(this IServiceCollection services)
        where TKind : class, ITargetKind
        where TList : class, ITargetList =>
        services.AddSingleton<ITargetKind, TKind>().AddSingleton<ITargetList, TList>();

    /// <summary>State in a local directory. Opened when first asked for.</summary>
    public static IServiceCollection AddSqliteState(this IServiceCollection services, string directory) =>
        services.AddState(_ => SqliteStateStore.Open(directory));

    /// <summary>State in a store that is open already and stays its owner's.</summary>
    public static IServiceCollection AddSqliteState(this IServiceCollection services, SqliteStateStore store) =>
        services
            .AddSingleton<IStateStore>(store)
            .AddSingleton<IDocumentStore>(store)
            .AddSingleton<IDocumentListing>(store)
            .AddSingleton<IChangeFeed>(store);

    /// <summary>State in a table of a storage account, shared by all instances. Needs logging.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="tableServiceUri">For example <c>https://account.table.core.windows.net</c>.</param>
    /// <param name="credential">May read, add, update and delete entities, and create the table when it is not there yet.</param>
    /// <param name="table">The table's name.</param>
    public static IServiceCollection AddTableState(
        this IServiceCollection services, Uri tableServiceUri, TokenCredential credential, string table) =>
        services.AddTableState(usage => TableClients.Create(tableServiceUri, credential, table, usage));

    /// <summary>State in a table of a storage account, or an emulator of one, by its connection string.</summary>
    public static IServiceCollection AddTableState(this IServiceCollection services, string connectionString, string table) =>
        services.AddTableState(usage => TableClients.Create(connectionString, table, usage));

    private static IServiceCollection AddTableState(this IServiceCollection services, Func<UsageCounter?, TableClient> connect) =>
        services.AddState(provider => new TableStateStore(
            connect(provider.GetService<UsageCounter>()), provider.GetRequiredService<ILogger<TableStateStore>>()));

    // One store behind the four ports.
    private static IServiceCollection AddState<T>(this IServiceCollection services, Func<IServiceProvider, T> open)
        where T : class, IStateStore, IDocumentStore, IDocumentListing, IChangeFeed => services
        .AddSingleton(open)
        .AddSingleton<IStateStore>(provider => provider.GetRequiredService<T>())
        .AddSingleton<IDocumentStore>(provider => provider.GetRequiredService<T>())
        .AddSingleton<IDocumentListing>(provider => provider.GetRequiredService<T>())
        .AddSingleton<IChangeFeed>(provider => provider.GetRequiredService<T>());

    /// <summary>Work queues in a local directory. Opened when first asked for. Needs a time provider.</summary>
    public static IServiceCollection AddSqliteWorkQueue(this IServiceCollection services, string directory) =>
        services.AddWorkQueue(provider => SqliteWorkQueue.Open(directory, provider.GetRequiredService<TimeProvider>()));

    /// <summary>Work queues in a storage account. Needs a time provider and logging.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="queueServiceUri">For example <c>https://account.queue.core.windows.net</c>.</param>
    /// <param name="credential">May read, add and process messages, and create queues when they are not there yet.</param>
    /// <param name="names">What the queues are called; the defaults when absent.</param>
    public static IServiceCollection AddStorageWorkQueue(
        this IServiceCollection services, Uri queueServiceUri, TokenCredential credential, WorkQueueNames? names = null) =>
        services.AddStorageWorkQueue(usage => StorageQueueClients.Create(queueServiceUri, credential, usage), names);

    /// <summary>Work queues in a storage account, or an emulator of one, by its connection string.</summary>
    public static IServiceCollection AddStorageWorkQueue(
        this IServiceCollection services, string connectionString, WorkQueueNames? names = null) =>
        services.AddStorageWorkQueue(usage => StorageQueueClients.Create(connectionString, usage), names);

    private static IServiceCollection AddStorageWorkQueue(
        this IServiceCollection services, Func<UsageCounter?, QueueServiceClient> connect, WorkQueueNames? names) =>
        services.AddWorkQueue(provider => new StorageWorkQueue(
            connect(provider.GetService<UsageCounter>()),
            names ?? WorkQueueNames.Default,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<StorageWorkQueue>>()));

    // One instance behind both ports.
    private static IServiceCollection AddWorkQueue<T>(this IServiceCollection services, Func<IServiceProvider, T> open)
        where T : class, IWorkQueue, IWorkSource => services
        .AddSingleton(open)
        .AddSingleton<IWorkQueue>(provider => provider.GetRequiredService<T>())
        .AddSingleton<IWorkSource>(provider => provider.GetRequiredService<T>());
}
