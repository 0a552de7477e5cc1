namespace ScaleFunctions.Core.Targets;

/// <summary>A service that keeps resources of its own in a customer's subscription, and how they are recognised.</summary>
/// <param name="Name">For people: <c>AKS cluster</c>.</param>
/// <param name="Type">ARM type of what manages them, as ids name it in <c>managedBy</c>; empty when it is no resource of Azure.</param>
internal sealed record ManagingService(string Name, string Type)
{
    /// <summary>What stands in the id of a resource of <see cref="Type"/>, before its name.</summary>
    private readonly string _mark = $"/providers/{Type}/";

    /// <summary>Begins of the names of resource groups the service makes; a customer may have chosen another name.</summary>
    public IReadOnlyList<string> GroupPrefixes { get; init; } = [];

    /// <summary>Begins of the names of tags that only the service writes.</summary>
    public IReadOnlyList<string> TagPrefixes { get; init; } = [];

    /// <summary>Tags with the value the service writes.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>Tags whose value is the id of a resource of <see cref="Type"/>.</summary>
    public IReadOnlyList<string> ParentTags { get; init; } = [];

    /// <summary>What of the facts tells that the service owns the resource; nothing when none does.</summary>
    public CapacityOwner? Recognise(OwnershipFacts facts) =>
        Manager(facts.ManagedBy) is { } manager ? Owner(manager, "it manages the resource")
        : Manager(facts.GroupManagedBy) is { } groups ? Owner(groups, $"it manages the resource group {facts.Id.ResourceGroup}")
        : ByTags(facts.Tags) ?? ByGroup(facts.Id.ResourceGroup);

    private CapacityOwner? ByTags(TargetTags tags)
    {
        if (tags is not TargetTags.Known known)
        {
            return null;
        }

        foreach (var (name, value) in known.Values)
        {
            if (ParentTags.Count > 0 && ParentTags.Contains(name, StringComparer.OrdinalIgnoreCase) && Manager(value) is { } parentName)
            {
                return Owner(parentName, $"the tag {name} names it");
            }

            if (IsOwn(name, value))
            {
                return Owner("", $"the tag {name}");
            }
        }

        return null;
    }

    // Asked for each tag of each resource in each tick: loops, because a lambda would allocate for each.
    private bool IsOwn(string name, string value)
    {
        foreach (var prefix in TagPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        foreach (var tag in Tags)
        {
            if (Is(tag.Key, name) && Is(tag.Value, value))
            {
                return true;
            }
        }

        return false;
    }

    private CapacityOwner? ByGroup(string group) =>
        GroupPrefixes.FirstOrDefault(prefix => group.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Owner("", $"the name of the resource group {group} begins with {found}")
            : null;

    /// <summary>The name of the managing resource, when an id is one of <see cref="Type"/>.</summary>
    private string? Manager(string? id)
    {
        var at = Type.Length == 0 ? -1 : id?.IndexOf(_mark, StringComparison.OrdinalIgnoreCase) ?? -1;
        return at < 0 ? null : id![(at + _mark.Length)..].Split('/')[0];
    }

    private CapacityOwner Owner(string instance, string evidence) =>
        new(OwnerKind.Service, instance.Length == 0 ? Name : $"{Name} {instance}", evidence);

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
