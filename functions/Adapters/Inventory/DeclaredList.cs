using System.Collections.Concurrent;
using System.Text.Json;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Generic;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>
/// Lists the resources of one declared kind in a subscription. Resource Manager has no list of nested ones but below each of
/// their parents, which Resource Graph tells.
/// </summary>
internal sealed class DeclaredList(ArmPipelines arm, ResourceKindPolicy kind) : ITargetList
{
    private const int ListsAtOnce = 4;

    public string ResourceType => kind.ResourceType;

    public async Task ReadAsync(TargetListing listing, CancellationToken cancellationToken)
    {
        if (kind.ResourceType.Count(letter => letter == '/') == 1)
        {
            var path = $"/subscriptions/{Uri.EscapeDataString(listing.Subscription)}/providers/{kind.ResourceType}";
            await ReadAsync(listing, path, listing.Fail, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (listing.Known is not { } known)
        {
            listing.Fail($"{kind.ResourceType}: Resource Graph, which tells what they are nested in, could not be read");
            return;
        }

        var problems = new ConcurrentBag<string>();
        var parents = known.Select(target => target.Parent).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase);
        await Parallel.ForEachAsync(
            parents,
            new ParallelOptions { MaxDegreeOfParallelism = ListsAtOnce, CancellationToken = cancellationToken },
            async (parent, cancellation) =>
            {
                var last = kind.ResourceType[(kind.ResourceType.LastIndexOf('/') + 1)..];
                var path = $"/{string.Join('/', parent[1..].Split('/').Select(Uri.EscapeDataString))}/{last}";
                await ReadAsync(listing, path, problems.Add, cancellation).ConfigureAwait(false);
            }).ConfigureAwait(false);
        foreach (var problem in problems.Order(StringComparer.Ordinal))
        {
            listing.Fail(problem);
        }
    }

    /// <summary>One list that fails costs itself: what others tell stays, and the inventory is partial.</summary>
    private async Task ReadAsync(TargetListing listing, string path, Action<string> fail, CancellationToken cancellationToken)
    {
        var address = new Uri(arm.Connection.Environment.Endpoint, $"{path}?api-version={kind.ApiVersion}");
        try
        {
            var problem = await ArmPages.ReadAsync(
                arm, address, kind.ResourceType, (resource, at) => Add(listing, resource, at), cancellationToken).ConfigureAwait(false);
            if (problem is not null)
            {
                fail(problem);
            }
        }
        catch (Exception exception) when (path.Contains("/resourceGroups/", StringComparison.OrdinalIgnoreCase) && AzureFaults.Cover(exception, cancellationToken))
        {
            fail($"{path}: {AzureFaults.Describe(exception)}");
        }
    }

    private void Add(TargetListing listing, JsonElement resource, DateTimeOffset at)
    {
        var answer = DeclaredAnswer.Read(kind, resource, out var problem);

        // The lists of several parents are read side by side.
        lock (listing)
        {
            if (answer is null)
            {
                listing.LeaveOut(BodyPath.Text(resource, "id") ?? $"a {kind.Name}", problem);
                return;
            }

            var of = answer.Sku == kind.Name ? $"a {kind.Name}" : $"a {kind.Name} of size {answer.Sku}";
            var target = new ObservedTarget
            {
                Id = answer.Id,
                Region = answer.Region,
                Sku = answer.Sku,
                Capacity = answer.Capacity,
                IsUpdating = answer.IsUpdating,
                Least = new PlatformBound(answer.Range.Minimum, of),
                Most = new PlatformBound(answer.Range.Maximum, of),
                Tags = answer.Tags,
                ReadAt = at,
            };
            if (answer.LeftAlone is { } reason)
            {
                listing.LeftAlone.Add(target with { Owner = new CapacityOwner(OwnerKind.Platform, "Azure", reason) });
                return;
            }

            listing.Targets.Add(target);
        }
    }
}
