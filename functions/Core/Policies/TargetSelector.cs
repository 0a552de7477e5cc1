using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Policies;

/// <summary>
/// Which resources a workload is made of. Everything given must hold: the criteria, each of <see cref="All"/>, one of
/// <see cref="Any"/>, none of <see cref="Not"/>. A selector without anything positive selects nothing.
/// </summary>
public sealed record TargetSelector
{
    /// <summary>ARM type; empty for any.</summary>
    public string ResourceType { get; init; } = "";

    /// <summary>Resource group name; empty for any.</summary>
    public string ResourceGroup { get; init; } = "";

    /// <summary>Name of the resource itself; empty for any.</summary>
    public string Name { get; init; } = "";

    /// <summary>Subscription id; empty for any.</summary>
    public string Subscription { get; init; } = "";

    /// <summary>Id of a management group, at any height above the resource; empty for any.</summary>
    public string ManagementGroup { get; init; } = "";

    /// <summary>Azure region name; empty for any.</summary>
    public string Region { get; init; } = "";

    /// <summary>Tags the resource must have, each with one of the values.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Tags { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<TargetSelector> All { get; init; } = [];

    public IReadOnlyList<TargetSelector> Any { get; init; } = [];

    public IReadOnlyList<TargetSelector> Not { get; init; } = [];

    /// <summary>
    /// A selection by tags or places alone is of scale sets and plans, as it always was. Anything else has to be asked for by its
    /// type: a tag of an application is on its machines and databases too, and nobody who wrote it thought of stopping them.
    /// </summary>
    public bool Selects(ObservedTarget target) => Matches(target) == true
        && (KindNames.Usual.Contains(target.Id.ResourceType, StringComparer.OrdinalIgnoreCase) || Names(target.Id.ResourceType));

    /// <summary>Whether it holds, whatever the type: for what only looks, and stops nothing.</summary>
    public bool Holds(ObservedTarget target) => Matches(target) == true;

    /// <summary>Whether nobody can tell, because the tags or the management groups of the resource were not read.</summary>
    public bool IsUntold(ObservedTarget target) => Matches(target) is null;

    /// <summary>In words, for people.</summary>
    public override string ToString() => SelectorText.Of(this);

    /// <summary>Whether the selection asks for a type by its name.</summary>
    public bool Names(string resourceType) =>
        string.Equals(ResourceType, resourceType, StringComparison.OrdinalIgnoreCase) || All.Concat(Any).Any(part => part.Names(resourceType));

    internal bool IsEmpty =>
        ResourceType.Length + Name.Length + ResourceGroup.Length + Subscription.Length + ManagementGroup.Length + Region.Length + Tags.Count + All.Count + Any.Count == 0;

    /// <summary>
    /// Null when it cannot be told because the tags, or the management groups, were not read. Neither "has the tag" nor "has
    /// not" may be taken from tags nobody saw: with either, a failed read would change what a workload is made of.
    /// </summary>
    private bool? Matches(ObservedTarget target)
    {
        // Asked of each workload for each resource in each tick. Between values that may be null, & and | are Kleene's: what cannot
        // be told leaves the whole untold, unless another part decides it.
        if (IsEmpty || !Fits(ResourceType, target.Id.ResourceType) || !Fits(Name, target.Id.Name) || !Fits(ResourceGroup, target.Id.ResourceGroup)
            || !Fits(Subscription, target.Id.Subscription) || !Fits(Region, target.Region))
        {
            return false;
        }

        var matches = IsUnder(target.ManagementGroups, ManagementGroup);
        foreach (var (name, values) in Tags)
        {
            matches &= HasTag(target.Tags, name, values);
        }

        foreach (var each in All)
        {
            matches &= each.Matches(target);
        }

        bool? some = Any.Count == 0;
        foreach (var each in Any)
        {
            some |= each.Matches(target);
        }

        matches &= some;
        foreach (var each in Not)
        {
            matches &= !each.Matches(target);
        }

        return matches;
    }

    private static bool Fits(string wanted, string actual) =>
        wanted.Length == 0 || string.Equals(wanted, actual, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the selection, or a part of it, asks for a management group.</summary>
    internal bool AsksForManagementGroup =>
        ManagementGroup.Length > 0 || All.Concat(Any).Concat(Not).Any(part => part.AsksForManagementGroup);

    private static bool? IsUnder(ManagementGroups groups, string wanted) =>
        wanted.Length == 0 ? true
        : groups is ManagementGroups.Read read ? read.Names.Contains(wanted, StringComparer.OrdinalIgnoreCase)
        : null;

    /// <summary>Azure compares tag names without regard to case and tag values exactly.</summary>
    private static bool? HasTag(TargetTags tags, string name, IReadOnlyList<string> values)
    {
        if (tags is not TargetTags.Known known)
        {
            return null;
        }

        foreach (var (key, value) in known.Values)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase) && values.Contains(value, StringComparer.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
