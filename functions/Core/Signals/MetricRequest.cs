using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Signals;

/// <summary>One metric of many resources over one span of time.</summary>
/// <param name="Resources">Any mix of subscriptions, regions and types; the source groups them.</param>
/// <param name="Metric">Which numbers.</param>
/// <param name="From">First grain wanted.</param>
/// <param name="To">End of the span, exclusive: only grains that end by then are answered.</param>
/// <remarks>
/// Samples arrive some minutes late, and Azure makes a grain of those it has. One of more than a minute is thus whole only when
/// the span ends that much before the present: a total of 13 minutes of 15 would read as too little.
/// </remarks>
public sealed record MetricRequest(
    IReadOnlyList<MonitoredResource> Resources, MetricSelector Metric, DateTimeOffset From, DateTimeOffset To)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>The grains Azure Monitor has for platform metrics.</summary>
    public static IReadOnlyList<TimeSpan> Grains { get; } =
        [Minute, 5 * Minute, 15 * Minute, 30 * Minute, TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromDays(1)];

    /// <summary>Length of each grain.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Azure has no such grain.</exception>
    public TimeSpan Grain
    {
        get;
        init => field = Grains.Contains(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"Azure Monitor has grains of {string.Join(", ", Grains)}");
    } = Minute;
}
