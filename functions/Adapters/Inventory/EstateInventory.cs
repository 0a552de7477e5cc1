using System.Collections.Concurrent;
using Azure;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Autoscale;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>
/// Lists every type of resource in the configured subscriptions, or in all that the identity sees, with who sets its capacity.
/// Capacity and state come from Resource Manager's lists, what is around a resource from Resource Graph (ADR 10). One list, or
/// page, that fails makes the whole inventory partial: what it would have told is unknown, not absent.
/// </summary>
/// <param name="arm">The way to Azure.</param>
/// <param name="lists">The types of resources.</param>
/// <param name="subscriptions">Where to look; everywhere when empty.</param>
/// <param name="facts">What is known beside the lists; without it nobody knows who sets the capacity of anything.</param>
/// <param name="autoscale">Tells what Azure's own autoscale scales; nobody looks when absent.</param>
/// <param name="kinds">The types that policies declare; those that a workload asks for are listed, none when absent.</param>
internal sealed class EstateInventory(
    ArmPipelines arm, IReadOnlyList<ITargetList> lists, IReadOnlyList<string> subscriptions, EstateFacts? facts = null, NativeAutoscales? autoscale = null,
    ResourceKinds? kinds = null) : ITargetInventory
{
    // Each subscription has its own limit at Azure; ours is on open connections.
    private const int ListsAtOnce = 8;
    private const int ReasonsTold = 5;

    private static readonly Reading<EstateGraph> NotAsked = Reading<EstateGraph>.Failed("Resource Graph was not asked");

    /// <summary>Lists that were not empty when last read: the graph alone does not prove that they are now.</summary>
    private readonly ConcurrentDictionary<(string Subscription, string Type), bool> _held = new();

    public async Task<InventoryReading> ListAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        IReadOnlyList<ITargetList> asked =
            [.. lists.Where(list => list.IsWanted), .. (kinds?.Declared ?? []).Where(kind => kinds!.AreSelected(kind.ResourceType)).Select(kind => new DeclaredList(arm, kind))];
        var wanted = subscriptions.Count > 0 ? subscriptions : await VisibleSubscriptions.ReadAsync(arm, problems, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> distinct = [.. wanted.Distinct(StringComparer.OrdinalIgnoreCase)];
        var natives = ReadAutoscaleAsync(distinct, cancellationToken);
        var graph = facts is null || distinct.Count == 0
            ? NotAsked
            : await facts.GraphAsync(asked.Select(list => list.ResourceType), distinct, cancellationToken).ConfigureAwait(false);
        var readings = (
            from subscription in distinct
            from list in asked
            where MayHold(graph, subscription, list.ResourceType)
            select (List: list, Listing: new TargetListing(subscription) { Known = graph.Value?.Of(subscription, list.ResourceType) })).ToList();
        await Parallel.ForEachAsync(
            readings,
            new ParallelOptions { MaxDegreeOfParallelism = ListsAtOnce, CancellationToken = cancellationToken },
            async (reading, cancellation) => await ReadAsync(reading.List, reading.Listing, cancellation).ConfigureAwait(false)).ConfigureAwait(false);

        foreach (var (list, listing) in readings)
        {
            _held[(listing.Subscription, list.ResourceType)] = listing.Targets.Count + listing.LeftAlone.Count + listing.Problems.Count + listing.Unread.Count > 0;
        }

        if (facts is not null && distinct.Count > 0 && graph.Problem.Length > 0)
        {
            problems.Add(graph.Problem);
        }

        problems.AddRange(readings.SelectMany(reading => reading.Listing.Problems));
        var native = await natives.ConfigureAwait(false);
        IReadOnlyList<ObservedTarget> targets = [.. readings
            .SelectMany(reading => reading.Listing.Targets.Concat(reading.Listing.LeftAlone)).DistinctBy(target => target.Id)
            .Select(target => target with { Native = native.GetValueOrDefault(target.Id.Subscription)?.Of(target.Id) })];
        var known = facts is null
            ? [.. targets.Select(Unowned)]
            : await facts.CompleteAsync(targets, graph, cancellationToken).ConfigureAwait(false);
        // What nobody is known to set stays a target: the guard holds it, and says why, until it is known.
        var ours = known.Where(IsOurs).ToList();
        InventoryReading seen = problems.Count == 0 ? new InventoryReading.Complete(ours) : new InventoryReading.Partial(ours, Tell(problems));
        return seen with
        {
            LeftAlone = [.. known.Where(target => !IsOurs(target))],
            Unread = [.. readings.SelectMany(reading => reading.Listing.Unread)],
        };
    }

    /// <summary>An unread list of a fresh graph that shows none saves a read in each subscription a minute.</summary>
    private bool MayHold(Reading<EstateGraph> graph, string subscription, string type) =>
        graph.Problem.Length > 0 || graph.Value is not { } known || !known.IsEmpty(subscription, type)
        || _held.GetValueOrDefault((subscription, type));

    /// <summary>What Azure's own autoscale scales is ours where a floor can be put under it; whether we do that, the policy says.</summary>
    private static bool IsOurs(ObservedTarget target) => target.Owner.Kind is OwnerKind.Nobody or OwnerKind.Unknown
        || target is { Owner.Kind: OwnerKind.NativeAutoscale, Native: NativeAutoscale.Steerable };

    private static ObservedTarget Unowned(ObservedTarget target) =>
        target.Owner.LeavesItToUs ? target with { Owner = CapacityOwner.Unknown("nobody was asked") } : target;

    /// <summary>Read at each listing: a floor of ours ends within minutes.</summary>
    private async Task<IReadOnlyDictionary<string, SubscriptionAutoscale>> ReadAutoscaleAsync(
        IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<string, SubscriptionAutoscale>(StringComparer.OrdinalIgnoreCase);
        if (autoscale is not null)
        {
            await Parallel.ForEachAsync(
                wanted,
                new ParallelOptions { MaxDegreeOfParallelism = ListsAtOnce, CancellationToken = cancellationToken },
                async (subscription, cancellation) => found[subscription] =
                    await autoscale.ReadAsync(subscription, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        }

        return found;
    }

    private static async Task ReadAsync(ITargetList list, TargetListing listing, CancellationToken cancellationToken)
    {
        try
        {
            await list.ReadAsync(listing, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException exception) when (IsUnregistered(exception))
        {
            // A provider can be unregistered only where nothing of it is left: there is nothing to list.
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            listing.Fail($"{list.ResourceType}: {AzureFaults.Describe(exception)}");
        }
    }

    private static bool IsUnregistered(RequestFailedException exception) =>
        exception is { Status: 404 or 409, ErrorCode: "MissingSubscriptionRegistration" or "SubscriptionNotRegistered" };

    private static string Tell(List<string> problems) =>
        string.Join("; ", problems.Take(ReasonsTold)) + (problems.Count > ReasonsTold ? $"; and {problems.Count - ReasonsTold} more" : "");
}
