using System.Collections.Concurrent;
using Azure;
using Azure.ResourceManager.Resources.Models;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Autoscale;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>
/// Lists every type of resource in the configured subscriptions, or in all that the identity sees. One list that fails makes the
/// whole inventory partial: what it would have told is unknown, not absent.
/// </summary>
/// <param name="arm">The way to Azure.</param>
/// <param name="lists">The types of resources.</param>
/// <param name="subscriptions">Those to look at; all when empty.</param>
/// <param name="autoscale">Tells what Azure's own autoscale scales; nobody looks when absent.</param>
internal sealed class EstateInventory(
    ArmPipelines arm, IReadOnlyList<ITargetList> lists, IReadOnlyList<string> subscriptions, NativeAutoscales? autoscale = null) : ITargetInventory
{
    // Each subscription has its own limit at Azure; ours is on open connections.
    private const int ListsAtOnce = 8;
    private const int ReasonsTold = 5;

    public async Task<InventoryReading> ListAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var wanted = subscriptions.Count > 0 ? subscriptions : await VisibleAsync(problems, cancellationToken).ConfigureAwait(false);
        List<string> distinct = [.. wanted.Distinct(StringComparer.OrdinalIgnoreCase)];
        var natives = ReadAutoscaleAsync(distinct, cancellationToken);
        var readings = (
            from subscription in distinct
            from list in lists
            select (List: list, Listing: new TargetListing(subscription))).ToList();
        await Parallel.ForEachAsync(
            readings,
            new ParallelOptions { MaxDegreeOfParallelism = ListsAtOnce, CancellationToken = cancellationToken },
            async (reading, cancellation) => await ReadAsync(reading.List, reading.Listing, cancellation).ConfigureAwait(false)).ConfigureAwait(false);

        problems.AddRange(readings.SelectMany(reading => reading.Listing.Problems));
        var native = await natives.ConfigureAwait(false);
        List<ObservedTarget> targets = [.. readings.SelectMany(reading => reading.Listing.Targets).DistinctBy(target => target.Id)
            .Select(target => target with { Native = native.GetValueOrDefault(target.Id.Subscription)?.Of(target.Id) })];
        InventoryReading seen = problems.Count == 0 ? new InventoryReading.Complete(targets) : new InventoryReading.Partial(targets, Tell(problems));
        return seen with { LeftAlone = [.. readings.SelectMany(reading => reading.Listing.LeftAlone).DistinctBy(each => each.Target.Id)] };
    }

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

    private async Task<IReadOnlyList<string>> VisibleAsync(List<string> problems, CancellationToken cancellationToken)
    {
        var visible = new List<string>();
        try
        {
            await foreach (var subscription in arm.Client.GetSubscriptions().GetAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (subscription.Data.State is not (SubscriptionState.Disabled or SubscriptionState.Deleted))
                {
                    visible.Add(subscription.Data.SubscriptionId);
                }
            }

            if (visible.Count == 0)
            {
                problems.Add("the identity sees no subscription");
            }
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            problems.Add($"subscriptions: {AzureFaults.Describe(exception)}");
        }

        return visible;
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
            listing.Fail(AzureFaults.Describe(exception));
        }
    }

    private static bool IsUnregistered(RequestFailedException exception) =>
        exception is { Status: 404 or 409, ErrorCode: "MissingSubscriptionRegistration" or "SubscriptionNotRegistered" };

    private static string Tell(List<string> problems) =>
        string.Join("; ", problems.Take(ReasonsTold)) + (problems.Count > ReasonsTold ? $"; and {problems.Count - ReasonsTold} more" : "");
}
