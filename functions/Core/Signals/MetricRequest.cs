using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Signals;

/// <summary>One metric of many resources over one span of time, in one-minute grains.</summary>
/// <param name="Resources">Any mix of subscriptions, regions and types; the source groups them.</param>
/// <param name="Metric">Which numbers.</param>
/// <param name="From">First grain wanted.</param>
/// <param name="To">End of the span, exclusive.</param>
public sealed record MetricRequest(
    IReadOnlyList<MonitoredResource> Resources, MetricSelector Metric, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Length of a point: 1, 5, 15 or 30 minutes, or 1 hour.</summary>
    public TimeSpan Grain { get; init; } = TimeSpan.FromMinutes(1);
}
