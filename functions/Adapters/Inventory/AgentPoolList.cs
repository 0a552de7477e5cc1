using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Generic;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>
/// Lists the agent pools of AKS clusters, to be looked at only: the cluster's own API and autoscaler set their count, and their
/// write takes the whole pool. Nothing acts on them, so five minutes old is new enough.
/// </summary>
internal sealed class AgentPoolList(ArmPipelines arm) : ITargetList
{
    private const string Clusters = "Microsoft.ContainerService/managedClusters";

    private readonly ConcurrentDictionary<string, SlowReading<IReadOnlyList<ObservedTarget>>> _subscriptions = new(StringComparer.OrdinalIgnoreCase);

    public string ResourceType => Clusters;

    public async Task ReadAsync(TargetListing listing, CancellationToken cancellationToken)
    {
        var known = _subscriptions.GetOrAdd(listing.Subscription, _ => new(arm.Connection.Time));
        var (pools, problem) = await known.GetAsync(token => ReadAsync(listing.Subscription, token), cancellationToken).ConfigureAwait(false);
        listing.LeftAlone.AddRange(pools ?? []);
        if (problem.Length > 0)
        {
            // A scale set that is a pool is known by its group, its tags or what manages it, and never by this list.
            listing.Miss($"{Clusters}/agentPools", problem);
        }
    }

    private async Task<Reading<IReadOnlyList<ObservedTarget>>> ReadAsync(string subscription, CancellationToken cancellationToken)
    {
        var pools = new List<ObservedTarget>();
        var address = new Uri(
            arm.Connection.Environment.Endpoint,
            $"/subscriptions/{Uri.EscapeDataString(subscription)}/providers/{Clusters}?api-version={ApiVersions.Clusters}");
        try
        {
            var problem = await ArmPages.ReadAsync(
                arm, address, "AKS clusters", (cluster, at) => pools.AddRange(Read(cluster, at)), cancellationToken).ConfigureAwait(false);
            return new(problem is null ? pools : null, problem ?? "");
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return Reading<IReadOnlyList<ObservedTarget>>.Failed($"AKS clusters: {AzureFaults.Describe(exception)}");
        }
    }

    /// <summary>A pool that is not readable is left out: nothing depends on it.</summary>
    private static IEnumerable<ObservedTarget> Read(JsonElement cluster, DateTimeOffset at)
    {
        if (BodyPath.Text(cluster, "id") is not { } id || BodyPath.Text(cluster, "location") is not { Length: > 0 } region
            || BodyPath.Find(cluster, "properties.agentPoolProfiles") is not { ValueKind: JsonValueKind.Array } profiles)
        {
            yield break;
        }

        foreach (var profile in profiles.EnumerateArray())
        {
            if (!TargetId.TryParse($"{id}/agentPools/{BodyPath.Text(profile, "name")}", out var pool)
                || BodyPath.Number(profile, "count") is not ({ } count and >= 0) || BodyPath.Text(profile, "vmSize") is not { Length: > 0 } size)
            {
                continue;
            }

            yield return new ObservedTarget
            {
                Id = pool,
                Region = region.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant(),
                Sku = size,
                Capacity = count,
                IsUpdating = BodyPath.Text(profile, "provisioningState")?.ToUpperInvariant() is not ("SUCCEEDED" or "FAILED" or "CANCELED"),
                Tags = DeclaredAnswer.TagsOf(cluster),
                Owner = new CapacityOwner(OwnerKind.Platform, "Azure", Why(profile)),
                ReadAt = at,
            };
        }
    }

    private static string Why(JsonElement profile) => BodyPath.Text(profile, "enableAutoScaling") == "true"
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"agent pools are only observed: the cluster autoscaler keeps this one between {BodyPath.Number(profile, "minCount")} and {BodyPath.Number(profile, "maxCount")}")
        : "agent pools are only observed: the cluster's own API sets their count";
}
