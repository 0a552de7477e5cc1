using System.Collections.Concurrent;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>
/// What is known of an estate beside the lists of its resources: management groups, and who sets the capacity of what. It changes
/// rarely and is read every five minutes; see ADR 10.
/// </summary>
internal sealed class EstateFacts(ArmPipelines arm)
{
    private const int SubscriptionsAtOnce = 8;

    private readonly ResourceGraph _graph = new(arm);
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, SubscriptionFacts> _subscriptions = new(StringComparer.OrdinalIgnoreCase);

    private (string Types, SlowReading<EstateGraph> Estate) _asked = ("", new(arm.Connection.Time));

    /// <summary>What Resource Graph tells. When there are other types than before, it is asked again.</summary>
    public Task<Reading<EstateGraph>> GraphAsync(IEnumerable<string> types, IReadOnlyList<string> subscriptions, CancellationToken cancellationToken)
    {
        var wanted = types.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).ToList();
        return EstateOf(string.Join(',', wanted)).GetAsync(token => EstateGraph.ReadAsync(_graph, wanted, subscriptions, token), cancellationToken);
    }

    private SlowReading<EstateGraph> EstateOf(string types)
    {
        lock (_gate)
        {
            _asked = _asked.Types == types ? _asked : (types, new SlowReading<EstateGraph>(arm.Connection.Time));
            return _asked.Estate;
        }
    }

    /// <summary>The targets with their management groups and owners.</summary>
    public async Task<IReadOnlyList<ObservedTarget>> CompleteAsync(
        IReadOnlyList<ObservedTarget> targets, Reading<EstateGraph> graph, CancellationToken cancellationToken)
    {
        var completed = new ConcurrentBag<ObservedTarget>();
        await Parallel.ForEachAsync(
            targets.GroupBy(target => target.Id.Subscription, StringComparer.OrdinalIgnoreCase),
            new ParallelOptions { MaxDegreeOfParallelism = SubscriptionsAtOnce, CancellationToken = cancellationToken },
            async (group, token) =>
            {
                var owners = await OwnersAsync(group.Key, graph, token).ConfigureAwait(false);
                foreach (var target in group)
                {
                    completed.Add(owners.Complete(target));
                }
            }).ConfigureAwait(false);
        return [.. completed.OrderBy(target => target.Id.Key, StringComparer.Ordinal)];
    }

    private async Task<SubscriptionOwners> OwnersAsync(string subscription, Reading<EstateGraph> graph, CancellationToken cancellationToken)
    {
        var facts = _subscriptions.GetOrAdd(subscription, each => new SubscriptionFacts(arm, each));
        return new SubscriptionOwners(
            subscription,
            graph,
            graph.Value is { } known
                ? Reading<IReadOnlyDictionary<string, string>>.Of(known.GroupManagers)
                : await facts.GroupManagersAsync(cancellationToken).ConfigureAwait(false),
            (await facts.DeniedAsync(cancellationToken).ConfigureAwait(false)).Value ?? []);
    }
}
