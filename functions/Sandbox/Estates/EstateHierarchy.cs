using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>The management groups, subscriptions and resource groups that the simulated resources are in. They never change.</summary>
internal sealed class EstateHierarchy
{
    /// <summary>The tenant's own management group; its id is the tenant's.</summary>
    public const string RootGroup = "00000000-0000-4000-8000-0000000000ff";

    private readonly EstateSpec _spec;
    private readonly Dictionary<string, List<ResourceSpec>> _bySubscription;

    public EstateHierarchy(EstateSpec spec)
    {
        _spec = spec;
        _bySubscription = spec.All
            .GroupBy(resource => resource.Id.Subscription, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                group => group.Key,
                group => group.OrderBy(resource => resource.Id.Key, StringComparer.Ordinal).ToList(),
                StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<string> Subscriptions => [.. _bySubscription.Keys.Order(StringComparer.OrdinalIgnoreCase)];

    public bool HasSubscription(string subscription) => _bySubscription.ContainsKey(subscription);

    public bool HasResourceGroup(string subscription, string group) => FirstIn(subscription, group) is not null;

    /// <summary>The first resource of a group, in the order of their ids.</summary>
    public ResourceSpec? FirstIn(string subscription, string group) =>
        In(subscription).FirstOrDefault(resource => string.Equals(resource.Id.ResourceGroup, group, StringComparison.OrdinalIgnoreCase));

    /// <summary>The resources of a subscription, in the order of their ids.</summary>
    public IReadOnlyList<ResourceSpec> In(string subscription) => _bySubscription.GetValueOrDefault(subscription) ?? [];

    /// <summary>The management groups above a subscription, the nearest first.</summary>
    public IReadOnlyList<string> ManagementGroupsOf(string subscription) => _spec.ManagementGroups.GetValueOrDefault(subscription) ?? [RootGroup];

    /// <summary>The resource groups that have something in them, in the order of their names.</summary>
    public IReadOnlyList<SimulatedGroup> ResourceGroupsOf(string subscription) =>
        [.. In(subscription).Select(resource => (resource.Id, resource.Region))
            .Concat(_spec.Idle.Where(idle => string.Equals(idle.Id.Subscription, subscription, StringComparison.OrdinalIgnoreCase)).Select(idle => (idle.Id, idle.Region)))
            .GroupBy(resource => resource.Id.ResourceGroup, StringComparer.OrdinalIgnoreCase)
            .OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
            .Select(group => Group(group.First().Id, group.First().Region))];

    private SimulatedGroup Group(TargetId first, string region)
    {
        var id = $"/subscriptions/{first.Subscription}/resourceGroups/{first.ResourceGroup}";
        return new SimulatedGroup(id, first.ResourceGroup, region, _spec.GroupManagers.GetValueOrDefault(id));
    }
}
