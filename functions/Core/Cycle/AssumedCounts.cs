using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Says how many instances a sample stands for where its source does not count them, as that of App Service plans does not:
/// a mean over all instances becomes a load only by their number. The present capacity would be wrong for minutes after each
/// change, and wrong towards more: 4 instances at 90 % that become 6 would read as a load for 9, and so on.
/// </summary>
/// <example>
/// Raised from 4 to 6 at 10:00, lowered to 5 at 10:30; an instance needs 3 minutes to come up, and no longer to go:
/// <code>
/// sample  stands for
///  09:58           4
///  10:02           4, incomplete   6 exist; that all 6 took part is not proven
///  10:03           6
///  10:31           5, incomplete   the sixth may still have taken part, so the load may have been higher
///  10:33           5
/// </code>
/// Instances that are not proven to report count as idle on the way out and as fully used on the way in. What may stand for
/// more instances than that may raise, and lowers nothing.
/// </example>
internal static class AssumedCounts
{
    /// <summary>Where the policy says nothing about warming up: longer than a new instance takes to serve.</summary>
    public static readonly TimeSpan UnknownWarmUp = TimeSpan.FromMinutes(5);

    /// <summary>The samples with the fewest instances that may have given them.</summary>
    /// <param name="series">The samples; those that count their instances stay as they are.</param>
    /// <param name="changes">Changes of ours, oldest first.</param>
    /// <param name="capacity">Instances there are now.</param>
    /// <param name="warmUp">What the policy gives a new instance; zero when it says nothing.</param>
    /// <param name="seenAt">When the present capacity was first seen, if that is known: somebody else's change has no other time.</param>
    public static MetricSeries Fill(
        MetricSeries series, IReadOnlyList<PastChange> changes, int capacity, TimeSpan warmUp, DateTimeOffset? seenAt = null)
    {
        if (series is not MetricSeries.Received received || received.Points.Any(point => point.Count is not null))
        {
            return series;
        }

        var settling = warmUp > TimeSpan.Zero ? warmUp : UnknownWarmUp;
        var steps = Steps(changes, capacity, seenAt);
        return new MetricSeries.Received([.. received.Points.Select(point => Counted(point, steps, capacity, settling))]);
    }

    private static MetricPoint Counted(MetricPoint point, List<Step> steps, int capacity, TimeSpan settling)
    {
        // Whoever may have been at work at any time of the sample's minute.
        var near = steps.FindAll(step => step.IsNear(point.At, settling));
        var inForce = steps.Find(step => step.By is null || step.By > point.At) is { } next ? next.From ?? capacity : capacity;
        var possible = near.SelectMany(step => new[] { step.From ?? step.To, step.To }).Append(inForce).ToList();
        var fewest = possible.Min();

        // A sample of no instances stands for nothing.
        return point with
        {
            Count = fewest > 0 ? fewest : null,
            IsIncomplete = point.IsIncomplete || possible.Max() > fewest || near.Exists(step => step.From is null),
        };
    }

    /// <summary>Our changes and, where one does not begin with what the one before it asked for, somebody else's between them.</summary>
    private static List<Step> Steps(IReadOnlyList<PastChange> changes, int capacity, DateTimeOffset? seenAt)
    {
        var steps = new List<Step>();
        foreach (var change in changes)
        {
            if (steps.Count > 0 && steps[^1].To != change.From)
            {
                steps.Add(new Step(steps[^1].By, change.At, steps[^1].To, change.From));
            }

            steps.Add(new Step(change.At, change.At, change.From, change.To));
        }

        if (steps.Count == 0)
        {
            // What there was before the present capacity was first seen is not known; without a time it is taken to be old.
            return seenAt is null ? [] : [new Step(null, seenAt, null, capacity)];
        }

        var last = steps[^1];
        if (last.To != capacity)
        {
            steps.Add(new Step(last.By, seenAt > last.By ? seenAt : null, last.To, capacity));
        }

        return steps;
    }

    /// <summary>A change at some time between two.</summary>
    /// <param name="After">Not before; absent when it may be any time ago.</param>
    /// <param name="By">Not later; absent when it may have been just now.</param>
    /// <param name="From">Instances before, if they are known.</param>
    /// <param name="To">Instances after.</param>
    private sealed record Step(DateTimeOffset? After, DateTimeOffset? By, int? From, int To)
    {
        /// <summary>Whether instances may have come or gone because of it in the minute of a sample.</summary>
        public bool IsNear(DateTimeOffset sample, TimeSpan settling) =>
            (After is null || After - SignalReader.Grain < sample) && (By is null || By + settling > sample);
    }
}
