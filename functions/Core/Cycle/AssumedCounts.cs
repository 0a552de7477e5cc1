using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Says how many instances a sample stands for where its source does not count them, as that of App Service plans does not:
/// a mean over all instances becomes a load only by their number. The present capacity would be wrong for minutes after each
/// change, and wrong towards more: 4 instances at 90 % that become 6 would read as a load for 9, and so on.
/// </summary>
/// <example>
/// Raised from 4 to 6 at 10:00, new instances need 3 minutes:
/// <code>
/// sample  stands for
///  09:58           4
///  10:02           4   6 exist; that all 6 took part is not proven
///  10:03           6
/// </code>
/// Instances that are not proven to report count as idle on the way out and as fully used on the way in.
/// </example>
internal static class AssumedCounts
{
    /// <summary>Where the policy says nothing about warming up: longer than a new instance takes to serve.</summary>
    public static readonly TimeSpan UnknownWarmUp = TimeSpan.FromMinutes(5);

    /// <summary>The samples with the fewest instances that existed from one warm-up before each on.</summary>
    /// <param name="series">The samples; those that count their instances stay as they are.</param>
    /// <param name="changes">Changes of ours, oldest first.</param>
    /// <param name="capacity">Instances there are now.</param>
    /// <param name="warmUp">What the policy gives a new instance; zero when it says nothing.</param>
    public static MetricSeries Fill(MetricSeries series, IReadOnlyList<PastChange> changes, int capacity, TimeSpan warmUp) =>
        series is MetricSeries.Received received && received.Points.All(point => point.Count is null)
            ? new MetricSeries.Received(
                [.. received.Points.Select(point => point with { Count = At(point.At, changes, capacity, warmUp > TimeSpan.Zero ? warmUp : UnknownWarmUp) })])
            : series;

    private static double? At(DateTimeOffset sample, IReadOnlyList<PastChange> changes, int capacity, TimeSpan warmUp)
    {
        var fewest = InForce(sample, changes, capacity);
        foreach (var change in changes.Where(change => change.At > sample - warmUp && change.At <= sample))
        {
            fewest = Math.Min(fewest, change.From);
        }

        // A sample of no instances stands for nothing.
        return fewest > 0 ? fewest : null;
    }

    // What somebody else changed after our last change shows in the present capacity alone, without a time.
    private static int InForce(DateTimeOffset sample, IReadOnlyList<PastChange> changes, int capacity)
    {
        var next = changes.FirstOrDefault(change => change.At > sample);
        return next == default ? capacity : next.From;
    }
}
