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

    /// <summary>Parts that could not be looked at count as they did before.</summary>
    public EstateCounts With(IReadOnlyList<UnreadPart> unread, EstateCounts? known)
    {
        var parts = new Dictionary<string, int>(ByPart);
        foreach (var part in unread.Select(each => $"{each.Subscription}/{each.ResourceType}".ToLowerInvariant()))
        {
            if (known?.ByPart.TryGetValue(part, out var before) is true)
            {
                parts[part] = Math.Max(before, parts.GetValueOrDefault(part));
            }
        }

        return new EstateCounts(parts);
    }

    public bool IsSameAs(EstateCounts other) =>
        ByPart.Count == other.ByPart.Count && ByPart.All(part => other.ByPart.GetValueOrDefault(part.Key) == part.Value);
}
