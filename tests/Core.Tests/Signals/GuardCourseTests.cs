using System.Text.Json;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Signals;

/// <summary>A latency of which the mean of three minutes must not be above 800 ms, judged from noon on at 12:40.</summary>
public sealed class GuardCourseTests
{
    private static readonly GuardSpan Span = new(Some.Noon, Some.At(40), Some.Minutes(5));

    [Fact]
    public void Within_when_every_minute_was_read_and_none_was_beyond() => Assert.IsType<GuardStanding.Within>(Judge(_ => 100));

    [Fact]
    public void Samples_that_are_still_on_their_way_are_no_doubt() => Assert.IsType<GuardStanding.Within>(Judge(minute => minute < 36 ? 100 : null));

    [Fact]
    public void Samples_that_stopped_or_never_came_are() =>
        Assert.All([Judge(minute => minute < 25 ? 100 : null), Judge(_ => null), Judge(_ => double.NaN)], standing => Assert.IsType<GuardStanding.InDoubt>(standing));

    [Fact]
    public void Too_many_gaps_are_told_with_their_number()
    {
        var doubt = Assert.IsType<GuardStanding.InDoubt>(Judge(minute => minute is > 10 and < 15 ? null : 100));

        Assert.Equal("it was read in 24 of 30 minutes only (latency cannot be read whole: samples are missing)", doubt.Why);
    }

    [Fact]
    public void Exactly_zero_is_a_broken_source_where_it_is_not_usual()
    {
        Assert.Contains("exactly zero", Assert.IsType<GuardStanding.InDoubt>(Judge(_ => 0)).Why, StringComparison.Ordinal);
        Assert.IsType<GuardStanding.Within>(Judge(_ => 0, SomeSizes.Guard with { Signals = [SomeSizes.Guard.Signals[0] with { IsZeroUsual = true }] }));
    }

    [Fact]
    public void Beyond_for_a_pause_lasts_even_when_it_is_over()
    {
        var breach = Assert.IsType<GuardStanding.Breached>(Judge(minute => minute is >= 10 and < 17 ? 2000 : 100));

        Assert.Equal(("latency", true), (breach.Bound.Signal, breach.IsLasting));
    }

    /// <summary>Windows of three minutes are beyond where a minute of two is: four of five are, and none of them for five in a row.</summary>
    [Fact]
    public void Beyond_in_most_minutes_lasts_though_each_time_it_is_over_soon()
    {
        Assert.True(Assert.IsType<GuardStanding.Breached>(Judge(minute => minute % 6 < 2 ? 2400 : 100)).IsLasting);
        Assert.IsType<GuardStanding.Within>(Judge(minute => minute % 12 == 0 ? 2400 : 100));
    }

    [Fact]
    public void Beyond_for_less_is_told_while_it_is_and_forgotten_afterwards()
    {
        Assert.False(Assert.IsType<GuardStanding.Breached>(Judge(minute => minute >= 37 ? 2000 : 100)).IsLasting);
        Assert.IsType<GuardStanding.Within>(Judge(minute => minute is >= 20 and < 22 ? 2000 : 100));
    }

    [Fact]
    public void A_gap_ends_a_breach_because_nobody_knows_what_was_in_it() =>
        Assert.IsNotType<GuardStanding.Breached>(Judge(minute => minute is >= 10 and < 20 ? (minute % 4 == 0 ? null : 2000) : 100));

    [Fact]
    public void What_was_before_the_span_is_not_held_against_it() => Assert.IsType<GuardStanding.Within>(Judge(minute => minute < 0 ? 5000 : 100));

    [Fact]
    public void Below_counts_where_that_is_the_bound()
    {
        var guard = SomeSizes.Guard with { Bounds = [new GuardBound("latency", null, 50)] };

        Assert.Equal("latency 20 is below 50", GuardText.Of(Assert.IsType<GuardStanding.Breached>(Judge(_ => 20, guard))));
    }

    [Fact]
    public void A_rate_of_totals_is_compared_as_a_whole_and_one_part_missing_is_doubt()
    {
        var guard = new GuardTerms(
            [Total("failed") with { IsZeroUsual = true }, Total("all"), new GuardSignal("errors", Some.Minutes(3), SignalMeasure.PerInstance, false) { Formula = "100 * failed / all" }],
            [new GuardBound("errors", 1, null)]);

        Assert.IsType<GuardStanding.Breached>(Judge(guard, ("failed", _ => 5), ("all", _ => 100)));
        Assert.IsType<GuardStanding.InDoubt>(Judge(guard, ("failed", _ => 5)));
        Assert.IsType<GuardStanding.InDoubt>(Judge(guard, ("failed", _ => 5), ("all", _ => null)));

        static GuardSignal Total(string name) => new(name, Some.Minutes(3), SignalMeasure.Total, false)
        {
            Metric = new MetricSelector { Name = name, Aggregation = MetricAggregation.Total },
            Resource = "/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Web/sites/shop",
        };
    }

    /// <summary>It lives in a target's row.</summary>
    [Fact]
    public void A_guard_comes_back_from_the_row_as_it_was()
    {
        var terms = RollOutTerms.Default with { Guard = SomeSizes.Guard with { Signals = [SomeSizes.Guard.Signals[0] with { Combination = new InstanceCombination(95), Formula = "a / b" }] } };
        var row = new ScaleFunctions.Core.State.TargetRow
        {
            Target = Some.Id(),
            RollOut = new ScaleFunctions.Core.Checks.RollOut(1, SomeSizes.Middle, SomeSizes.Small, terms, 0, Some.Noon) { Peak = new PeakHour(TimeSpan.FromHours(9)) },
        };
        var back = JsonSerializer.Deserialize(
            JsonSerializer.Serialize(row, ScaleFunctions.Core.State.StateJson.Default.TargetRow), ScaleFunctions.Core.State.StateJson.Default.TargetRow)!.RollOut!;

        Assert.Equal(row.RollOut.Peak, back.Peak);
        Assert.Equal("westeurope", back.Terms.Guard!.Region);
        Assert.Equal(terms.Guard.Signals, back.Terms.Guard.Signals);
        Assert.Equal(terms.Guard.Bounds, back.Terms.Guard.Bounds);
    }

    private static GuardStanding Judge(Func<int, double?> latency, GuardTerms? guard = null) => Judge(guard ?? SomeSizes.Guard, ("latency", latency));

    private static GuardStanding Judge(GuardTerms guard, params (string Name, Func<int, double?> Value)[] signals) => GuardCourse.Of(
        guard,
        signals.ToDictionary(
            signal => signal.Name,
            signal => (MetricSeries)new MetricSeries.Received([.. Enumerable.Range(-10, 50).Select(minute => new MetricPoint(Some.At(minute), signal.Value(minute), 4))])),
        4, Span, Some.At(40));
}
