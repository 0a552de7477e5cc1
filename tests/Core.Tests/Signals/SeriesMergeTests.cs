using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Signals;

public sealed class SeriesMergeTests
{
    /// <summary>The table in the summary of the class.</summary>
    [Theory]
    [InlineData(SignalMeasure.Total, null, 2.0, 7, false)]
    [InlineData(SignalMeasure.PerInstance, 100.0, 2.0, 4, false)]
    [InlineData(SignalMeasure.PerInstance, null, 2.0, 3.5, false)]
    [InlineData(SignalMeasure.Total, null, null, 5, true)]
    [InlineData(SignalMeasure.PerInstance, 100.0, null, 4, true)]
    [InlineData(SignalMeasure.PerInstance, null, null, 2.5, true)]
    public void Puts_statuses_and_instances_together(SignalMeasure measures, double? percentile, double? second, double value, bool isIncomplete)
    {
        var point = Assert.Single(Merge(
            Errors(measures, percentile), 2,
            Part(("Instance", "a"), ("Status", "500"), 1), Part(("Instance", "a"), ("Status", "503"), second),
            Part(("Instance", "b"), ("Status", "500"), 4), Part(("Instance", "b"), ("Status", "503"), 0)));

        Assert.Equal((value, isIncomplete), (point.Value, point.IsIncomplete));
    }

    [Fact]
    public void Silence_of_a_part_is_zero_where_zero_is_usual() =>
        Assert.False(Assert.Single(Merge(
            Errors(SignalMeasure.Total, null) with { IsZeroUsual = true }, 2,
            Part(("Instance", "a"), ("Status", "500"), 1), Part(("Instance", "a"), ("Status", "503"), null))).IsIncomplete);

    [Theory]
    [InlineData(null, 40)]
    [InlineData(100.0, 95)]
    [InlineData(0.0, 10)]
    [InlineData(50.0, 25)]
    [InlineData(75.0, 30)]
    [InlineData(76.0, 95)]
    public void Single_instances_make_one_value(double? percentile, double value) =>
        Assert.Equal(value, Assert.Single(Merge(Cpu(percentile), 4, Instance("a", 95), Instance("b", 10), Instance("c", 25), Instance("d", 30))).Value);

    [Fact]
    public void Counts_the_instances_that_reported()
    {
        var points = Merge(Cpu(100), 2, Instance("a", 95, 95), Instance("b", null, 10));

        Assert.Equal([(1, true), (2, false)], points.Select(point => ((int)point.Count!.Value, point.IsIncomplete)));
    }

    [Fact]
    public void An_instance_that_was_asked_for_and_is_not_seen_is_missing() =>
        Assert.True(Assert.Single(Merge(Cpu(100), 3, Instance("a", 95), Instance("b", 10))).IsIncomplete);

    [Fact]
    public void An_average_is_weighed_by_what_reported()
    {
        var signal = Some.Signal() with { From = Source(MetricAggregation.Average, null, new MetricDimension("Zone", ["1", "2"])) };
        var parts = new[] { Part(("Zone", "1"), 30, 2), Part(("Zone", "2"), 90, 8) };

        var point = Assert.Single(Merge(signal, 10, parts));

        Assert.Equal((78, 10), (point.Value, point.Count));
    }

    /// <summary>Four instances with two disks each: eight values, and still four instances.</summary>
    [Fact]
    public void Parts_of_the_same_instances_do_not_count_them_twice()
    {
        var signal = Some.Signal() with { From = Source(MetricAggregation.Average, null, new MetricDimension("LUN", ["0", "1"])) };

        var point = Assert.Single(Merge(signal, 4, Part(("LUN", "0"), 50, 4), Part(("LUN", "1"), 70, 4)));

        Assert.Equal((60, 4), (point.Value, point.Count));
    }

    [Theory]
    [InlineData("VMName")]
    [InlineData("instance")]
    [InlineData("INSTANCENAME")]
    [InlineData("RoleInstance")]
    public void Named_instances_are_counted_together(string dimension)
    {
        var signal = Some.Signal() with { From = Source(MetricAggregation.Average, null, new MetricDimension(dimension, ["a", "b"])) };

        Assert.Equal(2, Assert.Single(Merge(signal, 4, Part((dimension, "a"), 50, 1), Part((dimension, "b"), 70, 1))).Count);
    }

    [Fact]
    public void Disks_of_named_instances_count_each_instance_once()
    {
        var signal = Some.Signal() with { From = Source(MetricAggregation.Average, null, new MetricDimension("VMName", ["a", "b"]), new MetricDimension("LUN", ["0", "1"])) };

        var point = Assert.Single(Merge(
            signal, 2,
            Part(("VMName", "a"), ("LUN", "0"), 40, 1), Part(("VMName", "a"), ("LUN", "1"), 60, 1),
            Part(("VMName", "b"), ("LUN", "0"), 80, 1), Part(("VMName", "b"), ("LUN", "1"), 100, 1)));

        Assert.Equal((70, 2), (point.Value, point.Count));
    }

    /// <summary>Each disk by itself: eight disks on four instances are not eight instances, nor four of the eight silent.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    public void Disks_read_each_by_itself_are_no_instances(int capacity)
    {
        var signal = Some.Signal() with { From = Source(MetricAggregation.Average, 100, new MetricDimension("LUN", [])) };

        var point = Assert.Single(Merge(signal, capacity, [.. Enumerable.Range(0, 8).Select(lun => Part(("LUN", $"{lun}"), 10 * lun, 4))]));

        Assert.Equal((70, 4, false), (point.Value, point.Count, point.IsIncomplete));
    }

    /// <summary>The load that made a fleet of four grow without end: 240 of four instances, not 480.</summary>
    [Fact]
    public void The_load_of_disks_is_that_of_their_instances()
    {
        var signal = Some.Signal(window: 1) with { From = Source(MetricAggregation.Average, null, new MetricDimension("LUN", ["0", "1"])) };
        var split = new MetricSeries.Split([Part(("LUN", "0"), 50, 4), Part(("LUN", "1"), 70, 4)]);

        Assert.Equal((4, 240), (Present(signal, split).Instances, Present(signal, split).Load));
    }

    /// <summary>Of a total that is read of each instance, one that was asked for and is not seen is missing as well.</summary>
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void A_silent_instance_makes_a_total_incomplete_unless_zero_is_usual(bool isZeroUsual, bool isIncomplete)
    {
        var signal = Errors(SignalMeasure.Total, null) with { IsZeroUsual = isZeroUsual };
        var parts = new[]
        {
            Part(("Instance", "a"), ("Status", "500"), 1), Part(("Instance", "a"), ("Status", "503"), 2),
            Part(("Instance", "b"), ("Status", "500"), 4), Part(("Instance", "b"), ("Status", "503"), 0),
        };

        Assert.Equal(isIncomplete, Assert.Single(Merge(signal, 3, parts)).IsIncomplete);
        Assert.False(Assert.Single(Merge(signal, 2, parts)).IsIncomplete);
    }

    [Fact]
    public void Statuses_of_a_total_are_no_instances_that_could_be_silent()
    {
        var signal = Some.Signal() with { From = Source(MetricAggregation.Total, null, new MetricDimension("Status", [])), Measures = SignalMeasure.Total };

        Assert.False(Assert.Single(Merge(signal, 5, Part(("Status", "500"), 3, 1), Part(("Status", "503"), 4, 1))).IsIncomplete);
    }

    /// <summary>A sample of a total that counts nothing is one of zero.</summary>
    [Fact]
    public void A_count_of_zero_is_no_garbage_in_a_total()
    {
        var signal = Some.Signal("errors", window: 1) with { From = Source(MetricAggregation.Total, null, new MetricDimension("Status", ["500", "503"])), Measures = SignalMeasure.Total };

        Assert.Equal(3, Present(signal, new MetricSeries.Split([Part(("Status", "500"), 3, 2), Part(("Status", "503"), 0, 0)])).Load);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void Garbage_in_a_part_spoils_its_minute(double garbage) =>
        Assert.Equal(double.NaN, Assert.Single(Merge(Cpu(100), 2, Instance("a", 50), Instance("b", garbage))).Value);

    [Fact]
    public void Parts_that_cannot_be_told_apart_are_a_failure() => Assert.IsType<MetricSeries.Failed>(SeriesMerge.Merge(
        Cpu(100), new MetricSeries.Split([new DimensionSeries(new Dictionary<string, string>(), [Some.Point(-2, 50)])]), 1));

    [Fact]
    public void What_was_never_split_stays_as_it_is()
    {
        var series = Some.Series(50, 60);

        Assert.Same(series, SeriesMerge.Merge(Cpu(100), series, 4));
    }

    /// <summary>The hot instance that an average hides: 95 beside three at 10 is 31 on average, and 95 with maximum.</summary>
    [Fact]
    public void A_hot_instance_is_seen_by_the_maximum()
    {
        var split = new MetricSeries.Split([Instance("a", 95, 95, 95), Instance("b", 10, 10, 10), Instance("c", 10, 10, 10), Instance("d", 10, 10, 10)]);

        Assert.Equal(95, Assert.IsType<SignalReading.Present>(SignalReader.Read(Cpu(100), split, Some.Noon, 4, null)).Value);
        Assert.Equal(31.25, Assert.IsType<SignalReading.Present>(SignalReader.Read(Cpu(null), split, Some.Noon, 4, null)).Value);
    }

    [Fact]
    public void Losing_the_hot_instance_proves_no_low_load()
    {
        var split = new MetricSeries.Split([Instance("b", 10, 10, 10), Instance("c", 10, 10, 10), Instance("d", 10, 10, 10)]);

        var partial = Assert.IsType<SignalReading.Partial>(SignalReader.Read(Cpu(100), split, Some.Noon, 4, null));

        Assert.Equal("some of what it is made of did not report", partial.Doubt);
    }

    [Fact]
    public void An_instance_that_left_before_the_window_is_not_missing()
    {
        var left = new DimensionSeries(new Dictionary<string, string> { ["VMName"] = "old" }, [Some.Point(-9, 90), Some.Point(-8, 90)]);
        var split = new MetricSeries.Split([left, Instance("a", 50, 50, 50), Instance("b", 50, 50, 50)]);

        Assert.IsType<SignalReading.Present>(SignalReader.Read(Cpu(100), split, Some.Noon, 2, null));
    }

    [Fact]
    public void A_split_in_which_nothing_reported_is_missing() =>
        Assert.IsType<SignalReading.Missing>(SignalReader.Read(Cpu(100), new MetricSeries.Split([]), Some.Noon, 2, null));

    /// <summary>Without errors there is no series of them; a veto on it would hold for ever.</summary>
    [Fact]
    public void No_errors_at_all_are_none()
    {
        var none = Present(Statuses, new MetricSeries.Split([]));

        Assert.Equal((0, 0, 4), (none.Value, none.Load, none.Instances));
        Assert.IsType<SignalReading.Missing>(Read(Statuses with { IsZeroUsual = false }, new MetricSeries.Split([])));
        Assert.IsType<SignalReading.Missing>(Read(Statuses, new MetricSeries.Failed("503")));
        Assert.IsType<SignalReading.Missing>(Read(Statuses, new MetricSeries.Received([])));
    }

    [Fact]
    public void A_veto_on_errors_is_down_when_there_are_none()
    {
        var policy = Some.LoadBased([Some.Tracking()], [Some.Signal(), Statuses]) with { Vetoes = [new VetoPolicy("errors", 5)] };

        Assert.Equal(3, ScalingDecisions.Decide(Some.Context(8, [Some.Present(20, 8), Read(Statuses, new MetricSeries.Split([]))], loadBased: policy)).Desired);
    }

    /// <summary>An error now and then: as long as one may be new it counts, and the silent minutes around it are zeros.</summary>
    [Theory]
    [InlineData(-2, 3)]
    [InlineData(-8, 3)]
    [InlineData(-9, 0)]
    public void Minutes_without_errors_are_zeros(double newest, double load) =>
        Assert.Equal(load, Present(Statuses, new MetricSeries.Split([new DimensionSeries(new Dictionary<string, string> { ["Status"] = "500" }, [Some.Point(newest, 9, 1)])])).Load);

    [Fact]
    public void Minutes_without_errors_are_zeros_of_counted_instances_too()
    {
        var signal = Statuses with { Measures = SignalMeasure.PerInstance, From = Source(MetricAggregation.Average, null, new MetricDimension("Status", ["500", "503"])) };

        Assert.Equal(3, Present(signal, new MetricSeries.Split([Part(("Status", "500"), 9, 4)])).Value);
    }

    /// <summary>An instance always has a processor: when all of them are silent, nothing says that they idle.</summary>
    [Fact]
    public void Silence_of_every_instance_is_no_zero() =>
        Assert.IsType<SignalReading.Missing>(Read(Cpu(100) with { IsZeroUsual = true }, new MetricSeries.Split([])));

    private static SignalPolicy Statuses { get; } = Some.Signal("errors") with
    {
        From = Source(MetricAggregation.Total, null, new MetricDimension("Status", ["500", "503"])),
        Measures = SignalMeasure.Total,
        IsZeroUsual = true,
    };

    private static SignalReading Read(SignalPolicy signal, MetricSeries series) => SignalReader.Read(signal, series, Some.Noon, 4, null);

    private static SignalReading.Present Present(SignalPolicy signal, MetricSeries series) => Assert.IsType<SignalReading.Present>(Read(signal, series));

    internal static SignalPolicy Cpu(double? percentile) =>
        Some.Signal() with { From = Source(MetricAggregation.Average, percentile, new MetricDimension("VMName", [])) };

    /// <summary>One sample a minute, the last one two minutes ago.</summary>
    internal static DimensionSeries Instance(string name, params double?[] values) => new(
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["vmname"] = name },
        [.. values.Select((value, index) => Some.Point(index - values.Length - 1, value, 1))]);

    private static SignalPolicy Errors(SignalMeasure measures, double? percentile) => Some.Signal("errors") with
    {
        From = Source(MetricAggregation.Total, percentile, new MetricDimension("Instance", []), new MetricDimension("Status", ["500", "503"])),
        Measures = measures,
    };

    private static SignalSource.Metric Source(MetricAggregation aggregation, double? percentile, params MetricDimension[] dimensions) =>
        new(new MetricSelector { Name = "Percentage CPU", Aggregation = aggregation, Dimensions = dimensions }) { Combination = new InstanceCombination(percentile) };

    private static DimensionSeries Part((string, string) one, (string, string) other, double? value, double count = 4) =>
        new(new Dictionary<string, string> { [one.Item1] = one.Item2, [other.Item1] = other.Item2 }, [Some.Point(-2, value, count)]);

    private static DimensionSeries Part((string, string) one, double value, double count) =>
        new(new Dictionary<string, string> { [one.Item1] = one.Item2 }, [Some.Point(-2, value, count)]);

    private static IReadOnlyList<MetricPoint> Merge(SignalPolicy signal, int capacity, params DimensionSeries[] parts) =>
        Assert.IsType<MetricSeries.Received>(SeriesMerge.Merge(signal, new MetricSeries.Split(parts), capacity)).Points;
}
