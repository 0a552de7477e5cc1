using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Signals;

public sealed class MomentaryReaderTests
{
    private static readonly SignalPolicy Length = Some.Signal("backlog") with
    {
        From = new SignalSource.Queue("account", "orders", QueueMeasure.Length),
        Measures = SignalMeasure.Total,
        IsZeroUsual = true,
    };

    [Fact]
    public void A_total_is_shared_by_the_instances_asked_for() =>
        Assert.Equal(new SignalReading.Present("backlog", 30, 4, 120, Some.Noon), Read(Length, 120));

    [Fact]
    public void An_age_is_the_same_for_every_instance() =>
        Assert.Equal(new SignalReading.Present("backlog", 120, 4, 480, Some.Noon), Read(Length with { Measures = SignalMeasure.PerInstance }, 120));

    [Fact]
    public void A_number_of_long_ago_is_stale() =>
        Assert.IsType<SignalReading.Stale>(SignalReader.Read(Length, new MetricSeries.Momentary(120, Some.At(-9)), Some.Noon, 4, null));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    [InlineData(1e13)]
    public void A_number_that_cannot_be_true_is_missing(double value) => Assert.IsType<SignalReading.Missing>(Read(Length, value));

    [Fact]
    public void A_zero_after_being_busy_is_believed_only_where_zero_is_usual()
    {
        Assert.IsType<SignalReading.Present>(SignalReader.Read(Length, new MetricSeries.Momentary(0, Some.Noon), Some.Noon, 4, Some.At(-10)));
        Assert.IsType<SignalReading.SuspiciousZero>(
            SignalReader.Read(Length with { IsZeroUsual = false }, new MetricSeries.Momentary(0, Some.Noon), Some.Noon, 4, Some.At(-10)));
    }

    private static SignalReading Read(SignalPolicy signal, double value) =>
        SignalReader.Read(signal, new MetricSeries.Momentary(value, Some.Noon), Some.Noon, 4, null);
}
