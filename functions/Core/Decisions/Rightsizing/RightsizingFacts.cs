using ScaleFunctions.Core.Advisories;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>All that is known of a resource whose size is looked at.</summary>
public sealed record RightsizingFacts
{
    public required ObservedTarget Target { get; init; }

    public required ResourceRightsizingPolicy Policy { get; init; }

    /// <summary>The bounds of its count; absent when no policy has any.</summary>
    public HorizontalScalingPolicy? Horizontal { get; init; }

    /// <summary>Whether somebody scales its count by the load.</summary>
    public bool FollowsLoad { get; init; }

    /// <summary>Since when it has had its size; what was used of another says nothing of this one. Absent when nobody knows.</summary>
    public DateTimeOffset? SizeSince { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required MetricSeries Processors { get; init; }

    public required MetricSeries Memory { get; init; }

    /// <summary>What was read of disks and networks, in the order of each channel's metrics.</summary>
    public IReadOnlyDictionary<UsageChannel, IReadOnlyList<MetricSeries>> Channels { get; init; } = new Dictionary<UsageChannel, IReadOnlyList<MetricSeries>>();

    /// <summary>What is known of its size, and of what another must have.</summary>
    public required SizeReading Size { get; init; }

    /// <summary>Every size of the region by its name.</summary>
    public required FactReading<IReadOnlyDictionary<string, SizeOffer>> Sizes { get; init; }

    /// <summary>Absent for what has no quota.</summary>
    public FactReading<IReadOnlyList<QuotaUsage>>? Quotas { get; init; }

    public required FactReading<IReadOnlyList<Reservation>> Reservations { get; init; }

    /// <summary>By the name of the size.</summary>
    public required IReadOnlyDictionary<string, PriceReading> Prices { get; init; }
}
