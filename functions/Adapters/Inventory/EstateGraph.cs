using System.Text.Json;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>What Resource Graph tells about an estate: which resources there are, and what stands above and behind them.</summary>
internal sealed record EstateGraph
{
    private const string Subscriptions =
        "resourcecontainers | where type =~ 'microsoft.resources/subscriptions' "
        + "| project id, subscriptionId, chain = properties.managementGroupAncestorsChain | order by id asc";

    private const string ManagedGroups =
        "resourcecontainers | where type =~ 'microsoft.resources/subscriptions/resourcegroups' "
        + "| where isnotempty(managedBy) | project id, managedBy | order by id asc";

    /// <summary>By target key.</summary>
    public required IReadOnlyDictionary<string, GraphResource> Resources { get; init; }

    /// <summary>By subscription: the management groups above it, the nearest first.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Ancestors { get; init; }

    /// <summary>By <see cref="GroupKey"/>: what manages the resource group; groups that nothing manages are not in it.</summary>
    public required IReadOnlyDictionary<string, string> GroupManagers { get; init; }

    /// <summary>Subscriptions and types of which there is something.</summary>
    public required IReadOnlySet<(string Subscription, string Type)> Held { get; init; }

    /// <summary>Types that were asked for, in lower case: of others nothing is known.</summary>
    public required IReadOnlySet<string> Types { get; init; }

    public static string GroupKey(TargetId target) => $"{target.Subscription}/{target.ResourceGroup}".ToLowerInvariant();

    /// <summary>Reads all of it; a part would pass for the whole.</summary>
    public static async Task<Reading<EstateGraph>> ReadAsync(
        ResourceGraph graph, IEnumerable<string> types, IReadOnlyList<string> subscriptions, CancellationToken cancellationToken)
    {
        var resources = new Dictionary<string, GraphResource>();
        var ancestors = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        var managers = new Dictionary<string, string>();
        var held = new HashSet<(string, string)>();
        var asked = types.Select(type => type.ToLowerInvariant()).Distinct().ToHashSet();
        var all = string.Join(", ", asked.Select(type => $"'{type}'"));
        var problem = await graph.QueryAsync(
            $"resources | where type in~ ({all}) | project id, managedBy, tags | order by id asc",
            subscriptions,
            row =>
            {
                if (GraphResource.Read(row) is { } resource)
                {
                    resources[resource.Id.Key] = resource;
                }

                // What is not readable exists all the same: its list has to be read.
                if (TargetId.TryParse(Text(row, "id"), out var id))
                {
                    held.Add(Holding(id));
                }
            },
            cancellationToken).ConfigureAwait(false);
        problem = problem.Length > 0 ? problem : await graph.QueryAsync(
            Subscriptions, subscriptions, row => Add(ancestors, row), cancellationToken).ConfigureAwait(false);
        problem = problem.Length > 0 ? problem : await graph.QueryAsync(
            ManagedGroups, subscriptions, row => GroupManager.Add(managers, row), cancellationToken).ConfigureAwait(false);
        return problem.Length > 0 ? Reading<EstateGraph>.Failed(problem) : Reading<EstateGraph>.Of(new EstateGraph
        {
            Resources = resources,
            Ancestors = ancestors,
            GroupManagers = managers,
            Held = held,
            Types = asked,
        });
    }

    /// <summary>Whether there is surely nothing to list: a subscription that the graph does not show may hold anything.</summary>
    public bool IsEmpty(string subscription, string type) =>
        Ancestors.ContainsKey(subscription) && Types.Contains(type.ToLowerInvariant()) && !Held.Contains((subscription.ToLowerInvariant(), type.ToLowerInvariant()));

    /// <summary>The resources of a type in a subscription; nothing when the type was not asked for.</summary>
    public IReadOnlyList<TargetId>? Of(string subscription, string type) => !Types.Contains(type.ToLowerInvariant()) ? null :
    [
        .. Resources.Values.Select(resource => resource.Id).Where(id =>
            string.Equals(id.Subscription, subscription, StringComparison.OrdinalIgnoreCase)
            && string.Equals(id.ResourceType, type, StringComparison.OrdinalIgnoreCase)),
    ];

    private static (string, string) Holding(TargetId id) => (id.Subscription.ToLowerInvariant(), id.ResourceType.ToLowerInvariant());

    /// <summary>A subscription whose chain is not readable is one that the graph does not show.</summary>
    private static void Add(Dictionary<string, IReadOnlyList<string>> ancestors, JsonElement row)
    {
        if (Text(row, "subscriptionId") is not { } subscription || !row.TryGetProperty("chain", out var chain) || chain.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        var names = chain.EnumerateArray().Select(group => group.ValueKind == JsonValueKind.Object ? Text(group, "name") : null).ToList();
        if (!names.Contains(null))
        {
            ancestors[subscription] = names!;
        }
    }

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
