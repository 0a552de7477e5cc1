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

    [Fact]
    public void What_somebody_else_changed_counts_as_it_is_now() =>
        Assert.Equal(10, CountAt(5, [new PastChange(Ten, 4, 6)], capacity: 10));

    [Fact]
    public void A_source_that_counts_its_instances_is_believed()
    {
        var series = new MetricSeries.Received([new MetricPoint(Ten, 90, 3), new MetricPoint(Ten.AddMinutes(1), 90, null)]);

        Assert.Same(series, AssumedCounts.Fill(series, [new PastChange(Ten, 4, 6)], 6, WarmUp));
    }

    [Fact]
    public void A_failed_source_stays_failed() =>
        Assert.IsType<MetricSeries.Failed>(AssumedCounts.Fill(new MetricSeries.Failed("why"), [], 6, WarmUp));

    [Fact]
    public void No_sample_stands_for_more_instances_than_there_were() => Changes.Select(Gen.Int[-90, 30]).Sample((changes, minute) =>
    {
        var capacity = changes.Count > 0 ? changes[^1].To : 7;
        var there = changes.Count == 0 ? capacity
            : changes.LastOrDefault(change => change.At <= Ten.AddMinutes(minute)) is { To: > 0 } last ? last.To
            : changes[0].From;
        return CountAt(minute, changes, capacity) is var count && count > 0 && count <= there;
    });

    private static double? CountAt(int minute, IReadOnlyList<PastChange> changes, int capacity, TimeSpan? warmUp = null)
    {
        var series = new MetricSeries.Received([new MetricPoint(Ten.AddMinutes(minute), 50, null)]);
        var filled = Assert.IsType<MetricSeries.Received>(AssumedCounts.Fill(series, changes, capacity, warmUp ?? WarmUp));
        return Assert.Single(filled.Points).Count;
    }
}
