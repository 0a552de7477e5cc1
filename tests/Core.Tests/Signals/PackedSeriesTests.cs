using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Signals;

public sealed class PackedSeriesTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>A percentage never comes back lower: 12.3401 is 12.35, and what is whole in hundredths stays.</summary>
    [Theory]
    [InlineData(12.3401, 12.35)]
    [InlineData(12.34, 12.34)]
    [InlineData(0.1 + 0.2, 0.3)]
    [InlineData(0, 0)]
    [InlineData(100, 100)]
    public void Minutes_are_rounded_up_to_hundredths(double percent, double kept)
    {
        var point = Assert.Single(Back([new MetricPoint(Some.Noon, percent, 3)], Minute));

        Assert.Equal(new MetricPoint(Some.Noon, kept, 3), point);
        Assert.Equal(point, Assert.Single(PackedSeries.Round([new MetricPoint(Some.Noon, percent, 3)], Minute)));
    }

    [Fact]
    public void Longer_grains_come_back_as_they_were() =>
        Assert.Equal(new MetricPoint(Some.Noon, 1_234_567_890.123, null), Assert.Single(Back([new MetricPoint(Some.Noon, 1_234_567_890.123, null)], Hour)));

    [Fact]
    public void A_gap_stays_a_gap_and_what_is_incomplete_is_one()
    {
        List<MetricPoint> points = [new(Some.Noon, 1, 2), new(Some.At(1), null, null), new(Some.At(2), 3, 2) { IsIncomplete = true }, new(Some.At(4), 0, null), new(Some.At(5), double.NaN, 1)];

        Assert.Equal([Some.Noon, Some.At(4)], Back(points, Minute).Select(point => point.At));
        Assert.Equal([Some.Noon, Some.At(4)], PackedSeries.Round(points, Minute).Select(point => point.At));
    }

    [Fact]
    public void A_fortnight_of_minutes_takes_less_than_60_thousand_characters()
    {
        var random = new Random(1);
        var points = Enumerable.Range(0, 14 * 1440).Select(minute => new MetricPoint(Some.At(minute), 50 + (20 * Math.Sin(minute / 229.0)) + (5 * random.NextDouble()), 6));

        Assert.InRange(PackedSeries.Pack(points, Some.Noon, Some.At(14 * 1440), Minute).Length, 10_000, 60_000);
    }

    [Fact]
    public void What_is_damaged_or_of_another_span_is_noticed()
    {
        var packed = PackedSeries.Pack([new MetricPoint(Some.Noon, 12, 1)], Some.Noon, Some.At(60), Minute);
        var bytes = Convert.FromBase64String(packed);
        bytes[^1] ^= 1;

        Assert.Throws<InvalidDataException>(() => PackedSeries.Unpack(Convert.ToBase64String(bytes), Some.Noon, Some.At(60), Minute));
        Assert.Throws<InvalidDataException>(() => PackedSeries.Unpack(packed, Some.Noon, Some.At(61), Minute));
        Assert.Throws<InvalidDataException>(() => PackedSeries.Unpack(packed, Some.Noon, Some.At(59), Minute));
        Assert.Throws<InvalidDataException>(() => PackedSeries.Unpack(packed, Some.Noon, Some.Noon, Minute));
        Assert.Throws<FormatException>(() => PackedSeries.Unpack("?", Some.Noon, Some.At(60), Minute));
    }

    private static IReadOnlyList<MetricPoint> Back(IEnumerable<MetricPoint> points, TimeSpan grain)
    {
        var until = Some.Noon + (10 * grain);
        return PackedSeries.Unpack(PackedSeries.Pack(points, Some.Noon, until, grain), Some.Noon, until, grain);
    }
}
