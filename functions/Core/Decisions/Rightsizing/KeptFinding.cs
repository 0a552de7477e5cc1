using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>A finding as it was kept, with all that has to be so still when it is carried out.</summary>
public sealed record KeptFinding
{
    /// <summary>Names it in the journal: equal for the same finding only.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What there was.</summary>
    public required string Size { get; init; }

    public required int Instances { get; init; }

    public required string ToSize { get; init; }

    public required int ToInstances { get; init; }

    /// <summary>Whether somebody scales the count by the load: then only the size is meant.</summary>
    public required bool FollowsLoad { get; init; }

    public required RiskLevel Risk { get; init; }

    public required double ConfidenceDays { get; init; }

    /// <summary>What it saves a month; below 0 where it costs more.</summary>
    public required Money SavingLow { get; init; }

    public required Money SavingHigh { get; init; }

    /// <summary>What an instance of each cost an hour.</summary>
    public required Money PriceNow { get; init; }

    public required Money PriceThen { get; init; }

    /// <summary>See <see cref="ResourceRightsizingPolicy.JudgedBy"/>.</summary>
    public required string JudgedBy { get; init; }

    /// <summary>For people.</summary>
    public required string Why { get; init; }

    public bool ChangesSize => !Is(Size, ToSize);

    public bool ChangesCount => !FollowsLoad && Instances != ToInstances;

    /// <summary>How far it has been carried out, by what there is.</summary>
    public FindingProgress ProgressAt(string size, int instances)
    {
        var (least, most) = (Math.Min(Instances, ToInstances), Math.Max(Instances, ToInstances));
        return (!Is(size, Size) && !Is(size, ToSize)) || (!FollowsLoad && (instances < least || instances > most)) ? FindingProgress.Elsewhere
            : Is(size, ToSize) && (FollowsLoad || instances == ToInstances) ? FindingProgress.Done
            : Is(size, Size) && (FollowsLoad || instances == Instances) ? FindingProgress.NotBegun
            : FindingProgress.UnderWay;
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
