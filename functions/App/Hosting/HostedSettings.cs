using ScaleFunctions.Adapters.Events;
using ScaleFunctions.Adapters.Queues;
using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Hosting;

/// <summary>App settings of the hosted app; docs/deploy.md lists them.</summary>
internal sealed record HostedSettings
{
    /// <summary>What the installation allows at most; observe until an operator says otherwise.</summary>
    public required PolicyMode Mode { get; init; }

    public required HostedState State { get; init; }

    public required HostedPolicies Policies { get; init; }

    /// <summary>Time between ticks.</summary>
    public required TimeSpan TickEvery { get; init; }

    /// <summary>Subscriptions to look at; all that the identity sees when empty.</summary>
    public required IReadOnlyList<string> Subscriptions { get; init; }

    /// <summary>Client id of the identity that reads Azure; the system's when absent.</summary>
    public string? ReadClientId { get; init; }

    /// <summary>Client id of the identity that writes; absent while the installation observes.</summary>
    public string? ActClientId { get; init; }

    public Uri? QueueService { get; init; }

    public string? QueueClientId { get; init; }

    public string QueueConnectionString { get; init; } = "";

    /// <summary>The topic of Event Grid for events about budgets; absent where they are taken in directly.</summary>
    public Uri? BudgetTopic { get; init; }

    /// <summary>Client id of the identity that publishes to it; the system's when absent.</summary>
    public string? BudgetTopicClientId { get; init; }

    /// <summary>Reads a setting by its name: those of channels are asked for when an alert is sent.</summary>
    public required Func<string, string?> Setting { get; init; }

    /// <summary>The queues as the bindings in function.json name them.</summary>
    public required WorkQueueNames QueueNames { get; init; }

    /// <exception cref="UserErrorException">A setting is missing or wrong; says which.</exception>
    public static HostedSettings Read(IConfiguration configuration)
    {
        var mode = configuration["ScaleFunctions:Mode"] ?? nameof(PolicyMode.Observe);
        if (!Enum.TryParse<PolicyMode>(mode, ignoreCase: true, out var ceiling) || !Enum.IsDefined(ceiling) || !$"{ceiling}".Equals(mode, StringComparison.OrdinalIgnoreCase))
        {
            throw new UserErrorException($"the app setting ScaleFunctions__Mode is '{mode}'; expected observe or act");
        }

        var service = configuration["WorkStorage:queueServiceUri"];
        var connection = configuration["WorkStorage"] ?? "";
        if (service is null && connection.Length == 0)
        {
            throw new UserErrorException("the app setting WorkStorage__queueServiceUri (or WorkStorage) is missing: it names the storage account of the queues");
        }

        return new HostedSettings
        {
            Mode = ceiling,
            State = HostedState.Read(configuration),
            Policies = HostedPolicies.Read(configuration),
            TickEvery = TickSchedule.IntervalOf(configuration[TickSchedule.Setting]),
            Subscriptions = (configuration["ScaleFunctions:Subscriptions"] ?? "").Split(
                ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            ReadClientId = configuration["Azure:ReadClientId"],
            ActClientId = ceiling == PolicyMode.Act ? configuration["Azure:ActClientId"] : null,
            QueueService = service is null ? null : Service(service),
            QueueClientId = configuration["WorkStorage:clientId"],
            QueueConnectionString = connection,
            BudgetTopic = configuration["BudgetTopic:topicEndpointUri"] is { } topic ? Topic(topic) : null,
            BudgetTopicClientId = configuration["BudgetTopic:clientId"],
            Setting = name => configuration[name],
            QueueNames = Names(configuration),
        };
    }

    private static Uri Service(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var service) && service.Scheme == Uri.UriSchemeHttps
            ? service
            : throw new UserErrorException($"the app setting WorkStorage__queueServiceUri is '{text}'; expected https://ACCOUNT.queue.core.windows.net");

    private static Uri Topic(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var topic) && EventGridBudgetEvents.IsTopic(topic)
            ? topic
            : throw new UserErrorException($"the app setting BudgetTopic__topicEndpointUri is '{text}'; expected https://NAME.REGION-1.eventgrid.azure.net/api/events");

    private static WorkQueueNames Names(IConfiguration configuration)
    {
        var names = new Dictionary<WorkKind, string>();
        foreach (var kind in Enum.GetValues<WorkKind>())
        {
            if (configuration[$"{kind.ToString().ToUpperInvariant()}_QUEUE"] is { } name)
            {
                names[kind] = name;
            }
        }

        try
        {
            return new WorkQueueNames(names);
        }
        catch (ArgumentException exception)
        {
            throw new UserErrorException($"the app settings EVALUATE_QUEUE, VERIFY_QUEUE and BUDGET_QUEUE: {exception.Message}", exception);
        }
    }
}
