using CsCheck;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class AssumedCountsTests
{
    private static readonly DateTimeOffset Ten = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(3);

    private static readonly Gen<List<PastChange>> Changes = Gen.Select(Gen.Int[1, 30].Array[1, 6], Gen.Int[1, 20].Array[6]).Select((counts, gaps) =>
    {
        var at = Ten.AddMinutes(-60);
        return counts.Zip(counts.Skip(1), (from, to) => (from, to)).Select((pair, i) =>
        {
            at = at.AddMinutes(gaps[i]);
            return new PastChange(at, pair.from, pair.to);
        }).ToList();
    });

    [Theory]
    [InlineData(-2, 4)]
    [InlineData(-1, 4)]
    [InlineData(0, 4)]
    [InlineData(2, 4)]
    [InlineData(3, 6)]
    [InlineData(30, 6)]
    public void New_instances_count_once_they_had_their_time_to_come_up(int minute, int expected) =>
        Assert.Equal(expected, CountAt(minute, [new PastChange(Ten, 4, 6)], capacity: 6));

    [Theory]
    [InlineData(-1, 6)]
    [InlineData(0, 4)]
    [InlineData(9, 4)]
    public void Instances_that_were_removed_count_until_then(int minute, int expected) =>
        Assert.Equal(expected, CountAt(minute, [new PastChange(Ten, 6, 4)], capacity: 4));

    [Fact]
    public void A_change_within_a_minute_is_after_its_sample() =>
        Assert.Equal(4, CountAt(0, [new PastChange(Ten.AddSeconds(30), 4, 6)], capacity: 6));

    [Fact]
    public void Several_raises_count_one_after_the_other()
    {
        PastChange[] changes = [new(Ten, 4, 6), new(Ten.AddMinutes(2), 6, 9)];

        Assert.Equal([4, 4, 4, 4, 6, 9], new[] { -1, 0, 2, 2, 4, 5 }.Select(minute => CountAt(minute, changes, capacity: 9)));
    }

    [Fact]
    public void Without_a_warm_up_in_the_policy_a_new_instance_gets_five_minutes()
    {
        Assert.Equal(4, CountAt(4, [new PastChange(Ten, 4, 6)], capacity: 6, warmUp: TimeSpan.Zero));
        Assert.Equal(6, CountAt(5, [new PastChange(Ten, 4, 6)], capacity: 6, warmUp: TimeSpan.Zero));
    }

    /// <summary>Until the change was surely over, what it began with may have given the sample: the fewest count.</summary>
    [Theory]
    [InlineData(10, 2, 4, true)]
    [InlineData(10, 5, 6, true)]
    [InlineData(10, 12, 6, true)]
    [InlineData(10, 13, 10, false)]
    [InlineData(5, 5, 5, true)]
    [InlineData(5, 12, 5, true)]
    [InlineData(5, 13, 5, false)]
    public void What_somebody_else_changed_counts_once_it_was_seen_for_a_while(int capacity, int minute, int expected, bool isIncomplete) =>
        Assert.Equal((expected, isIncomplete), Told(PointAt(minute, [new PastChange(Ten, 4, 6)], capacity, seenAt: Ten.AddMinutes(10))));

    [Theory]
    [InlineData(null)]
    [InlineData(-5)]
    public void What_somebody_else_changed_at_an_unknown_time_is_never_proven(int? seenAt)
    {
        var seen = seenAt is { } minutes ? Ten.AddMinutes(minutes) : (DateTimeOffset?)null;

        Assert.Equal((4, true), Told(PointAt(50, [new PastChange(Ten, 4, 6)], capacity: 4, seenAt: seen)));
    }

    [Theory]
    [InlineData(1, 4, true)]
    [InlineData(19, 6, true)]
    [InlineData(24, 8, false)]
    public void What_somebody_else_changed_between_ours_is_not_proven_until_the_next(int minute, int expected, bool isIncomplete) => Assert.Equal(
        (expected, isIncomplete), Told(PointAt(minute, [new PastChange(Ten, 4, 6), new PastChange(Ten.AddMinutes(20), 9, 8)], capacity: 8)));

    /// <summary>The sixth instance takes its time to go, and in the minute of the change it was there.</summary>
    [Theory]
    [InlineData(-1, 6, false)]
    [InlineData(0, 4, true)]
    [InlineData(2, 4, true)]
    [InlineData(3, 4, false)]
    public void After_a_lowering_samples_prove_no_low_load_for_a_while(int minute, int count, bool isIncomplete) =>
        Assert.Equal((count, isIncomplete), Told(PointAt(minute, [new PastChange(Ten, 6, 4)], capacity: 4)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_steady_fleet_is_complete(bool hasChanged) =>
        Assert.Equal((6, false), Told(PointAt(30, hasChanged ? [new PastChange(Ten, 4, 6)] : [], capacity: 6, seenAt: hasChanged ? Ten.AddMinutes(29) : null)));

    [Theory]
    [InlineData(9, true)]
    [InlineData(12, true)]
    [InlineData(13, false)]
    public void Without_changes_of_ours_what_was_before_the_first_look_is_not_known(int minute, bool isIncomplete) =>
        Assert.Equal((6, isIncomplete), Told(PointAt(minute, [], capacity: 6, seenAt: Ten.AddMinutes(10))));

    [Fact]
    public void Samples_of_any_time_are_counted() => Assert.All(
        new[] { DateTimeOffset.MinValue, DateTimeOffset.MaxValue },
        at => Assert.IsType<MetricSeries.Received>(AssumedCounts.Fill(new MetricSeries.Received([new MetricPoint(at, 50, null)]), [new PastChange(Ten, 4, 6)], 7, WarmUp)));

    [Fact]
    public void A_source_that_counts_its_instances_is_believed()
    {
        var series = new MetricSeries.Received([new MetricPoint(Ten, 90, 3), new MetricPoint(Ten.AddMinutes(1), 90, null)]);

        Assert.Same(series, AssumedCounts.Fill(series, [new PastChange(Ten, 4, 6)], 6, WarmUp));
    }

    [Fact]
    public void A_failed_source_stays_failed() =>
        Assert.IsType<MetricSeries.Failed>(AssumedCounts.Fill(new MetricSeries.Failed("why"), [], 6, WarmUp));

    /// <summary>
    /// A fleet whose count changes at any times, by us or by others, and in which an instance may still report for a warm-up
    /// after it was let go: unless a sample is incomplete, it stands for no fewer than may have given it.
    /// </summary>
    [Fact]
    public void A_complete_sample_stands_for_all_that_may_have_reported() => Gen.Select(
        Gen.Int[1, 20], Gen.Select(Gen.Int[1, 20], Gen.Int[1, 1500], Gen.Bool).Array[0, 6], Gen.Int[-10, 160], Gen.Int[1, 8]).Sample(
        (first, moves, minute, warmUp) =>
        {
            var (at, count, changes, course) = (Ten, first, new List<PastChange>(), new List<(DateTimeOffset From, int Count)> { (DateTimeOffset.MinValue, first) });
            DateTimeOffset? seenAt = null;
            var isOurs = true;
            foreach (var (to, seconds, wantsOurs) in moves)
            {
                // What others change is seen by the next look, a minute later at most, and so before the next move of ours.
                // What they take back themselves nothing tells of, so two of theirs do not follow each other here.
                at = at.AddSeconds(seconds);
                isOurs = wantsOurs || !isOurs;
                if (isOurs)
                {
                    changes.Add(new PastChange(at, count, to));
                }

                (count, seenAt) = (to, isOurs ? at : at.AddSeconds(59));
                course.Add((at, to));
                at = isOurs ? at : at.AddSeconds(59);
            }

            // Of what others did before our first change nothing is told: those histories are not about us.
            var firstOurs = changes.Count > 0 ? changes[0].At : DateTimeOffset.MinValue;
            var (sample, span) = (Ten.AddMinutes(minute), TimeSpan.FromMinutes(warmUp));
            var isKnown = changes.Count == 0 || course.TrueForAll(step => step.From == DateTimeOffset.MinValue || step.From >= firstOurs);
            var point = PointAt(minute, changes, count, span, seenAt);
            var most = course
                .Where((step, i) => step.From < sample + SignalReader.Grain && (i == course.Count - 1 || course[i + 1].From > sample - span))
                .Max(step => step.Count);
            return !isKnown || point.IsIncomplete || point.Count >= most;
        }, iter: 10_000);

    [Fact]
    public void No_sample_stands_for_more_instances_than_there_were() => Changes.Select(Gen.Int[-90, 30]).Sample((changes, minute) =>
    {
        var capacity = changes.Count > 0 ? changes[^1].To : 7;
        var there = changes.Count == 0 ? capacity
            : changes.LastOrDefault(change => change.At <= Ten.AddMinutes(minute)) is { To: > 0 } last ? last.To
            : changes[0].From;
        return CountAt(minute, changes, capacity) is var count && count > 0 && count <= there;
    });

    private static double? CountAt(int minute, IReadOnlyList<PastChange> changes, int capacity, TimeSpan? warmUp = null) =>
        PointAt(minute, changes, capacity, warmUp).Count;

    private static (int Count, bool IsIncomplete) Told(MetricPoint point) => ((int)point.Count!.Value, point.IsIncomplete);

    private static MetricPoint PointAt(
        int minute, IReadOnlyList<PastChange> changes, int capacity, TimeSpan? warmUp = null, DateTimeOffset? seenAt = null)
    {
        var series = new MetricSeries.Received([new MetricPoint(Ten.AddMinutes(minute), 50, null)]);
        return Assert.Single(Assert.IsType<MetricSeries.Received>(AssumedCounts.Fill(series, changes, capacity, warmUp ?? WarmUp, seenAt)).Points);
    }
}
