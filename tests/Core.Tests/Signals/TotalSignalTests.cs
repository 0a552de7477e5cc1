using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Signals;

/// <summary>Signals whose number is about all instances together, and those of other resources.</summary>
public sealed class TotalSignalTests
{
    private static readonly SignalPolicy Requests = Some.Signal("requests") with
    {
        From = Some.Metric("Requests", MetricAggregation.Total),
        Measures = SignalMeasure.Total,
    };

    [Fact]
    public void A_total_is_shared_by_the_instances_asked_for() =>
        Assert.Equal(new SignalReading.Present("requests", 30, 4, 120, Some.At(-2)), Read(Requests, Some.Series(100, 120, 140)));

    /// <summary>HPA, external metric with AverageValue: ceil(total / target), whatever the count is now.</summary>
    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 3)]
    [InlineData(20, 3)]
    public void A_total_asks_for_the_same_count_whatever_there_is(int current, int wanted) => Assert.Equal(wanted, ScalingDecisions.Decide(Some.Context(
        current, [Read(Requests, Reported(current), current)],
        loadBased: Some.LoadBased([Some.Tracking(40, "requests")], [Requests]))).Desired);

    /// <summary>A sample of a total counts what happened, not who reported it.</summary>
    [Fact]
    public void Samples_of_a_total_do_not_count_instances() => Assert.Equal(
        120, Assert.IsType<SignalReading.Present>(Read(Requests, new MetricSeries.Received([Some.Point(-4, 120, 900), Some.Point(-3, 120, null), Some.Point(-2, 120, 700)]))).Load);

    /// <summary>Of four instances three reported: what the fourth had to carry is not in the total.</summary>
    [Theory]
    [InlineData(3, false, true)]
    [InlineData(4, false, false)]
    [InlineData(8, false, false)]
    [InlineData(3, true, false)]
    public void A_total_that_lacks_an_instance_proves_no_low_load(int reported, bool isZeroUsual, bool isPartial) =>
        Assert.Equal(isPartial, Read(Requests with { IsZeroUsual = isZeroUsual }, Reported(reported)) is SignalReading.Partial);

    [Fact]
    public void Another_resource_s_total_has_other_instances()
    {
        var balancer = Requests with { From = Some.Metric("ByteCount", MetricAggregation.Total) with { Resource = "/x" } };

        Assert.IsType<SignalReading.Present>(Read(balancer, Reported(1)));
    }

    [Fact]
    public void Another_resource_s_samples_samples_do_not_count_our_instances()
    {
        var database = Some.Signal("dtu") with { From = Some.Metric("dtu_consumption_percent") with { Resource = "/x" }, Measures = SignalMeasure.PerInstance };

        Assert.Equal(new SignalReading.Present("dtu", 50, 4, 200, Some.At(-2)), Read(database, new MetricSeries.Received([Some.Point(-4, 50, 1), Some.Point(-3, 50, 1), Some.Point(-2, 50, 1)])));
    }

    [Fact]
    public void A_usual_zero_is_believed_and_another_is_not()
    {
        Assert.IsType<SignalReading.SuspiciousZero>(Read(Requests, Some.Series(0, 0, 0), busyAt: Some.At(-10)));
        Assert.IsType<SignalReading.Present>(Read(Requests with { IsZeroUsual = true }, Some.Series(0, 0, 0), busyAt: Some.At(-10)));
    }

    [Fact]
    public void Usual_zeros_hide_no_load() =>
        Assert.Equal(40, Assert.IsType<SignalReading.Present>(Read(Requests with { IsZeroUsual = true }, Some.Series(0, 0, 120))).BusyLoad);

    [Fact]
    public void An_incomplete_minute_proves_no_low_load()
    {
        var series = new MetricSeries.Received([Some.Point(-4, 50), Some.Point(-3, 50) with { IsIncomplete = true }, Some.Point(-2, 50)]);

        var partial = Assert.IsType<SignalReading.Partial>(Read(Requests, series));

        Assert.Equal((2, 3, 50), (partial.Samples, partial.Expected, partial.Load));
    }

    /// <summary>Ten errors a minute are ten, however many instances share them.</summary>
    [Theory]
    [InlineData(10, 8)]
    [InlineData(4, 3)]
    public void A_veto_compares_a_total_as_it_is(double errors, int desired)
    {
        var signal = Requests with { Name = "errors", IsZeroUsual = true };
        var policy = Some.LoadBased([Some.Tracking()], [Some.Signal(), signal]) with { Vetoes = [new VetoPolicy("errors", 5)] };
        var readings = new[] { Some.Present(20, 8), Read(signal, Some.Series(errors, errors, errors), 8) };

        Assert.Equal(desired, ScalingDecisions.Decide(Some.Context(8, readings, loadBased: policy)).Desired);
    }

    /// <summary>The binding refuses them; here they end and prove nothing.</summary>
    [Fact]
    public void Formulas_that_need_each_other_are_missing() => Assert.All(
        SignalReadings.Of([Some.Calculated("b + 1", "a"), Some.Calculated("a + 1", "b")], new Dictionary<string, MetricSeries>(), Some.Noon, 4, new Dictionary<string, DateTimeOffset>()),
        reading => Assert.IsType<SignalReading.Missing>(reading));

    private static MetricSeries.Received Reported(double instances) => new([.. Some.Series(120, 120, 120).Points.Select(point => point with { Count = instances })]);

    private static SignalReading Read(SignalPolicy signal, MetricSeries series, int capacity = 4, DateTimeOffset? busyAt = null) =>
        SignalReader.Read(signal, series, Some.Noon, capacity, busyAt);
}
