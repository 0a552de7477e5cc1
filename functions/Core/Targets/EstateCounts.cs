using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Targets;

/// <summary>How many resources there are, by <c>subscription/type</c> in lower case; small enough to be kept.</summary>
public sealed record EstateCounts(IReadOnlyDictionary<string, int> ByPart)
{
    [JsonIgnore]
    public int Total => ByPart.Values.Sum();

    /// <summary>Counts what was seen, whoever sets its capacity: a changed owner is no loss.</summary>
    public static EstateCounts Of(InventoryReading seen) => new(seen.Targets.Concat(seen.LeftAlone)
        .GroupBy(target => $"{target.Id.Subscription}/{target.Id.ResourceType}".ToLowerInvariant())
        .ToDictionary(part => part.Key, part => part.Count()));

    public bool IsSameAs(EstateCounts other) =>
        ByPart.Count == other.ByPart.Count && ByPart.All(part => other.ByPart.GetValueOrDefault(part.Key) == part.Value);
}
