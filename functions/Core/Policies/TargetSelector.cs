using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Policies;

/// <summary>Which resources a workload is made of. Every criterion given must hold; a selector without criteria selects nothing.</summary>
public sealed record TargetSelector
{
    /// <summary>ARM type; empty for any.</summary>
    public string ResourceType { get; init; } = "";

    /// <summary>Resource group name; empty for any.</summary>
    public string ResourceGroup { get; init; } = "";

    /// <summary>Subscription id; empty for any.</summary>
    public string Subscription { get; init; } = "";

    /// <summary>Tags the resource must have, each with one of the values.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Tags { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);

    public bool Selects(ObservedTarget target)
    {
        var isEmpty = ResourceType.Length == 0 && ResourceGroup.Length == 0 && Subscription.Length == 0 && Tags.Count == 0;
        return !isEmpty
            && Fits(ResourceType, target.Id.ResourceType)
            && Fits(ResourceGroup, target.Id.ResourceGroup)
            && Fits(Subscription, target.Id.Subscription)
            && Tags.All(wanted => HasTag(target.Tags, wanted.Key, wanted.Value));
    }

    private static bool Fits(string wanted, string actual) =>
        wanted.Length == 0 || string.Equals(wanted, actual, StringComparison.OrdinalIgnoreCase);

    /// <summary>Azure compares tag names without regard to case and tag values exactly.</summary>
    private static bool HasTag(TargetTags tags, string name, IReadOnlyList<string> values) =>
        tags is TargetTags.Known known
        && known.Values.Any(tag => string.Equals(tag.Key, name, StringComparison.OrdinalIgnoreCase)
            && values.Contains(tag.Value, StringComparer.Ordinal));
}
