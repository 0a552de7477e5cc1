using ScaleFunctions.Core.Limits;

namespace ScaleFunctions.Core.Policies;

/// <summary>Which size the instances of a workload have (<c>kind: VerticalScaling</c>).</summary>
public sealed record VerticalScalingPolicy
{
    public required string Name { get; init; }

    /// <summary>Whom to ask; empty when not said.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Name of the workload it applies to.</summary>
    public required string Workload { get; init; }

    public SizeMode Mode { get; init; }

    /// <summary>The ladder, the smallest first; a change is one step on it. Empty where a family is named.</summary>
    public required IReadOnlyList<string> Sizes { get; init; }

    /// <summary>Whose sizes make the ladder, as Azure names it (<c>standardDSv5Family</c>); absent where they are listed.</summary>
    public string? Family { get; init; }

    public SizeThresholds Up { get; init; } = SizeThresholds.DefaultUp;

    public SizeThresholds Down { get; init; } = SizeThresholds.DefaultDown;

    /// <summary>Absent: at any time.</summary>
    public SizeWindow? Window { get; init; }

    public RollOutTerms RollOut { get; init; } = RollOutTerms.Default;

    /// <summary>Absent: nothing tells that a size does not do, and sizes are only recommended.</summary>
    public GuardTerms? Guard { get; init; }

    /// <summary>Whether the only instance there is may be restarted.</summary>
    public bool MayInterrupt { get; init; }

    /// <summary>Whether a machine may be stopped for a size that the hardware it runs on does not have.</summary>
    public bool MayStop { get; init; }

    /// <summary>Time between two changes of the size.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromDays(1);

    public required PolicySource Source { get; init; }

    /// <summary>Names of the policies it is laid over, nearest first.</summary>
    public IReadOnlyList<string> Extends { get; init; } = [];

    public PolicyOrigins Origins { get; init; } = PolicyOrigins.None;

    /// <summary>What of it holds whoever wants another size.</summary>
    public SizeTerms Terms => new()
    {
        Mode = Mode,
        Window = Window,
        RollOut = RollOut,
        Guard = Guard,
        MayInterrupt = MayInterrupt,
        MayStop = MayStop,
        Rest = Rest,
    };

    /// <summary>
    /// The policy with the ladder that its family has: by processors, then by memory. Where an instance would get as much twice, the
    /// first by name stands, so that there is one next size.
    /// </summary>
    /// <param name="offers">What sizes have, where the resource is.</param>
    public VerticalScalingPolicy On(IReadOnlyDictionary<string, SizeOffer> offers) => Family is null ? this : this with
    {
        Sizes =
        [
            .. offers.Values
                .Where(offer => string.Equals(offer.Family, Family, StringComparison.OrdinalIgnoreCase) && offer is { Cores: > 0, MemoryGiB: > 0 })
                .OrderBy(offer => offer.Name, StringComparer.OrdinalIgnoreCase)
                .DistinctBy(offer => (offer.Cores, offer.MemoryGiB))
                .OrderBy(offer => offer.Cores).ThenBy(offer => offer.MemoryGiB)
                .Select(offer => offer.Name),
        ],
    };

    /// <summary>Where a size is on the ladder; null when it is not.</summary>
    public int? StepOf(string size)
    {
        for (var index = 0; index < Sizes.Count; index++)
        {
            if (string.Equals(Sizes[index], size, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return null;
    }
}
