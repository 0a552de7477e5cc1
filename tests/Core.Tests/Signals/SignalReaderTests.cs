using CsCheck;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Signals;

public sealed class SignalReaderTests
{
    [Fact]
    public void Reads_the_mean_of_the_window_and_what_all_instances_carry() =>
        Assert.Equal(new SignalReading.Present("cpu", 60, 4, 240, Some.At(-2)), Read(Some.Series(99, 50, 60, 70)));

    [Fact]
    public void Weighs_each_sample_by_the_instances_that_reported()
    {
        var reading = Read([Some.Point(-4, 30, 2), Some.Point(-3, 30, 2), Some.Point(-2, 90, 8)]);

        Assert.Equal(new SignalReading.Present("cpu", 70, 4, 280, Some.At(-2)), reading);
    }

    [Fact]
    public void Assumes_the_capacity_when_no_sample_says_how_many_reported()
    {
        var reading = Read([Some.Point(-4, 50, null), Some.Point(-3, 50, null), Some.Point(-2, 50, null)], capacity: 10);

        Assert.Equal(new SignalReading.Present("cpu", 50, 10, 500, Some.At(-2)), reading);
    }

    [Fact]
    public void A_sample_that_does_not_say_how_many_reported_is_missing_when_others_do()
    {
        var reading = Read([Some.Point(-4, 50, 8), Some.Point(-3, 50, null), Some.Point(-2, 50, 8)], capacity: 2);

        Assert.Equal(new SignalReading.Partial("cpu", 50, 8, 400, Some.At(-2), 2, 3), reading);
    }

    [Fact]
    public void Is_missing_when_the_source_failed() =>
        Assert.Equal(new SignalReading.Missing("cpu", "503"), Read(new MetricSeries.Failed("503")));

    [Fact]
    public void Is_missing_without_samples() => Assert.IsType<SignalReading.Missing>(Read([]));

    [Fact]
    public void Is_missing_when_no_sample_has_a_number() =>
        Assert.IsType<SignalReading.Missing>(Read([Some.Point(-4, null), Some.Point(-3, null), Some.Point(-2, null)]));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-0.5)]
    [InlineData(1e308)]
    public void A_number_that_cannot_be_true_is_a_missing_sample(double garbage)
    {
        var partial = Assert.IsType<SignalReading.Partial>(Read(Some.Series(50, garbage, 70)));

        Assert.Equal((60.0, 2), (partial.Value, partial.Samples));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(0)]
    [InlineData(-3)]
    public void A_count_that_cannot_be_true_is_a_missing_sample(double garbage) =>
        Assert.IsType<SignalReading.Partial>(Read([Some.Point(-4, 50), Some.Point(-3, 50, garbage), Some.Point(-2, 50)]));

    [Fact]
    public void A_garbage_newest_sample_does_not_move_the_window_back()
    {
        var partial = Assert.IsType<SignalReading.Partial>(Read(Some.Series(10, 10, 10, double.NaN)));

        Assert.Equal((2, 3), (partial.Samples, partial.Expected));
    }

    [Fact]
    public void Samples_that_have_not_arrived_yet_leave_the_window_where_it_was() =>
        Assert.IsType<SignalReading.Present>(Read([.. Some.Series(50, 60, 70).Points, Some.Point(-1, null), Some.Point(0, null)]));

    [Fact]
    public void Is_stale_when_the_newest_sample_is_too_old()
    {
        var reading = Read([Some.Point(-11, 50), Some.Point(-10, 50), Some.Point(-9, 50)]);

        Assert.Equal(new SignalReading.Stale("cpu", Some.At(-9), Some.Minutes(9)), reading);
    }

    [Fact]
    public void Is_not_stale_at_exactly_the_largest_age() =>
        Assert.IsType<SignalReading.Present>(Read([Some.Point(-10, 50), Some.Point(-9, 50), Some.Point(-8, 50)]));

    [Theory]
    [InlineData(3)]
    [InlineData(60)]
    [InlineData(10 * 365 * 24 * 60)]
    public void Samples_from_the_future_are_discarded(double minutes) =>
        Assert.Equal(
            Read(Some.Series(50, 60, 70)),
            Read([.. Some.Series(50, 60, 70).Points, Some.Point(minutes, 100)]));

    /// <summary>Half a minute of requests is half a minute's requests: as a whole one it would read as half the load.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(1)]
    [InlineData(-0.99)]
    public void A_minute_that_is_not_over_does_not_count(double minutes) => Assert.Equal(
        Read([Some.Point(-4, 50), Some.Point(-3, 60), Some.Point(-2, 70)]),
        Read([Some.Point(-4, 50), Some.Point(-3, 60), Some.Point(-2, 70), Some.Point(minutes, 35)]));

    [Fact]
    public void A_minute_that_is_just_over_counts() =>
        Assert.Equal(70, Assert.IsType<SignalReading.Present>(Read([Some.Point(-3, 50), Some.Point(-2, 70), Some.Point(-1, 90)])).Value);

    [Fact]
    public void A_minute_of_a_split_that_is_not_over_does_not_count()
    {
        var (part, young) = (SeriesMergeTests.Instance("a", 50, 60, 70), new DimensionSeries(new Dictionary<string, string> { ["VMName"] = "b" }, [Some.Point(-0.5, 35, 1)]));

        Assert.Equal(
            SignalReader.Read(SeriesMergeTests.Cpu(100), new MetricSeries.Split([part]), Some.Noon, 1, null),
            SignalReader.Read(SeriesMergeTests.Cpu(100), new MetricSeries.Split([part, young]), Some.Noon, 1, null));
    }

    [Fact]
    public void Samples_of_the_year_one_are_stale() =>
        Assert.IsType<SignalReading.Stale>(Read([new MetricPoint(DateTimeOffset.MinValue, 50, 4)]));

    [Fact]
    public void Is_partial_when_samples_of_the_window_are_missing()
    {
        var reading = Read([Some.Point(-4, 50), Some.Point(-2, 70)]);

        Assert.Equal(new SignalReading.Partial("cpu", 60, 4, 240, Some.At(-2), 2, 3), reading);
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Is_present_only_when_the_whole_window_is_there(int samples, bool isPresent)
    {
        var points = Enumerable.Range(0, samples).Select(index => Some.Point(-2 - index, 50)).ToList();
        points[^1] = Some.Point(-11, 50);

        Assert.Equal(isPresent, Read(points, signal: Some.Signal(window: 10)) is SignalReading.Present);
    }

    [Fact]
    public void After_a_gap_is_partial_until_a_whole_window_is_there_again()
    {
        List<MetricPoint> before = [Some.Point(-13, 80), Some.Point(-12, 80), Some.Point(-11, 80)];

        Assert.IsType<SignalReading.Stale>(Read(before));
        Assert.IsType<SignalReading.Partial>(Read([.. before, Some.Point(-4, 5)]));
        Assert.IsType<SignalReading.Partial>(Read([.. before, Some.Point(-4, 5), Some.Point(-3, 5)]));
        Assert.IsType<SignalReading.Present>(Read([.. before, Some.Point(-4, 5), Some.Point(-3, 5), Some.Point(-2, 5)]));
    }

    [Fact]
    public void Samples_of_the_same_minute_count_once()
    {
        var second = TimeSpan.FromSeconds(1);
        var reading = Read([Some.Point(-2, 50), new(Some.At(-2) + second, 50, 4), new(Some.At(-2) + (2 * second), 50, 4)]);

        Assert.Equal(1, Assert.IsType<SignalReading.Partial>(reading).Samples);
    }

    [Fact]
    public void Of_duplicates_the_first_counts() =>
        Assert.Equal(
            Read(Some.Series(50, 60, 70)),
            Read([.. Some.Series(50, 60, 70).Points, Some.Point(-2, 10), Some.Point(-3, 10)]));

    [Fact]
    public void The_order_of_samples_does_not_matter() =>
        Gen.Shuffle(Some.Series(40, 50, 60, 70).Points.ToArray()).Sample(
            points => Assert.Equal(Read(Some.Series(40, 50, 60, 70)), Read(points)), iter: 100);

    [Fact]
    public void An_exact_zero_soon_after_load_is_suspicious() =>
        Assert.Equal(
            new SignalReading.SuspiciousZero("cpu", Some.At(-59)), Read(Some.Series(0, 0, 0), busyAt: Some.At(-59)));

    [Theory]
    [InlineData(50, 0, 0, 200)]
    [InlineData(50, 40, 0, 180)]
    [InlineData(0, 0, 0.5, 2)]
    public void Zeros_beside_load_are_left_out_of_what_fewer_instances_have_to_carry(
        double first, double second, double third, double busyLoad) =>
        Assert.Equal(busyLoad, Assert.IsType<SignalReading.Present>(Read(Some.Series(first, second, third))).BusyLoad);

    [Fact]
    public void A_zero_is_believed_an_hour_after_the_last_load() =>
        Assert.IsType<SignalReading.Present>(Read(Some.Series(0, 0, 0), busyAt: Some.At(-60)));

    [Fact]
    public void A_zero_is_believed_when_there_never_was_load() =>
        Assert.IsType<SignalReading.Present>(Read(Some.Series(0, 0, 0)));

    [Fact]
    public void A_window_without_length_proves_nothing() =>
        Assert.IsType<SignalReading.Missing>(Read(Some.Series(50, 50, 50), signal: Some.Signal(window: 0)));

    private static SignalReading Read(IReadOnlyList<MetricPoint> points, int capacity = 4, SignalPolicy? signal = null) =>
        Read(new MetricSeries.Received(points), capacity, signal);

    private static SignalReading Read(
        MetricSeries series, int capacity = 4, SignalPolicy? signal = null, DateTimeOffset? busyAt = null) =>
        SignalReader.Read(signal ?? Some.Signal(), series, Some.Noon, capacity, busyAt);
}
