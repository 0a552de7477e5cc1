using System.Text.Json;
using Azure;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Resources;
using Azure.ResourceManager.Resources.Models;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Compute;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>Lists the scale sets of the configured subscriptions, or of all that the identity sees.</summary>
internal sealed class ScaleSetInventory(ArmPipelines arm, IReadOnlyList<string> subscriptions) : ITargetInventory
{
    // Each subscription has its own limit at Azure; ours is on open connections.
    private const int SubscriptionsAtOnce = 8;
    private const int ReasonsTold = 5;

    public async Task<InventoryReading> ListAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var wanted = subscriptions.Count > 0 ? subscriptions : await VisibleAsync(problems, cancellationToken).ConfigureAwait(false);
        var listings = wanted.Distinct(StringComparer.OrdinalIgnoreCase).Select(subscription => new SubscriptionListing(subscription)).ToList();
        await Parallel.ForEachAsync(
            listings,
            new ParallelOptions { MaxDegreeOfParallelism = SubscriptionsAtOnce, CancellationToken = cancellationToken },
            async (listing, cancellation) => await ListAsync(listing, cancellation).ConfigureAwait(false)).ConfigureAwait(false);

        problems.AddRange(listings.SelectMany(listing => listing.Problems));
        List<ObservedTarget> targets = [.. listings.SelectMany(listing => listing.Targets).DistinctBy(target => target.Id)];
        return problems.Count == 0 ? new InventoryReading.Complete(targets) : new InventoryReading.Partial(targets, Tell(problems));
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

    private async Task ListAsync(SubscriptionListing listing, CancellationToken cancellationToken)
    {
        try
        {
            var resource = arm.Client.GetSubscriptionResource(SubscriptionResource.CreateResourceIdentifier(listing.Subscription));
            var at = arm.Connection.Time.GetUtcNow();
            await foreach (var page in resource.GetVirtualMachineScaleSetsAsync(cancellationToken).AsPages().ConfigureAwait(false))
            {
                if (page.Values.Count == 0 && !HasList(page.GetRawResponse()))
                {
                    listing.Problems.Add($"subscription {listing.Subscription}: a page has no list");
                    break;
                }

                foreach (var scaleSet in page.Values)
                {
                    listing.Add(scaleSet.Data, at);
                }

                at = arm.Connection.Time.GetUtcNow();
            }
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            listing.Problems.Add($"subscription {listing.Subscription}: {AzureFaults.Describe(exception)}");
        }
    }

    // The SDK reads a page without a list as an empty one, and an inventory without it as complete.
    private static bool HasList(Response response)
    {
        using var document = JsonDocument.Parse(response.Content);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("value", out var list) && list.ValueKind == JsonValueKind.Array;
    }

    private static string Tell(List<string> problems) =>
        string.Join("; ", problems.Take(ReasonsTold)) + (problems.Count > ReasonsTold ? $"; and {problems.Count - ReasonsTold} more" : "");

    /// <summary>What was read of one subscription.</summary>
    private sealed record SubscriptionListing(string Subscription)
    {
        public List<ObservedTarget> Targets { get; } = [];

        public List<string> Problems { get; } = [];

        public void Add(VirtualMachineScaleSetData data, DateTimeOffset at)
        {
            var problem = "it has no readable id or region";
            if (!TargetId.TryParse(data.Id?.ToString(), out var id) || string.IsNullOrEmpty(data.Location.Name)
                || ScaleSetAnswer.Read(data, out problem) is not { } answer)
            {
                Problems.Add(AzureFaults.OneLine($"{data.Id?.ToString() ?? "a scale set"} was left out: {problem}"));
                return;
            }

            Targets.Add(new ObservedTarget
            {
                Id = id,
                Region = data.Location.Name.ToLowerInvariant(),
                Sku = answer.Sku,
                Capacity = answer.Capacity,
                IsUpdating = answer.IsUpdating,
                Tags = Tags(data.Tags),
                ReadAt = at,
            });
        }

        // Azure takes tag names that differ in case only for one name.
        private static TargetTags.Known Tags(IEnumerable<KeyValuePair<string, string>> tags)
        {
            var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, value) in tags)
            {
                values[name] = value ?? "";
            }

            return new TargetTags.Known(values);
        }
    }
}
