using CsCheck;
using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Tests.Forecasts;

public sealed class HistoryReaderTests
{
    [Fact]
    public void Points_are_averaged_into_steps_that_end_at_the_origin()
    {
        LoadPoint[] points = [.. Enumerable.Range(0, 12 * 24).Select(i => new LoadPoint(Loads.End.AddMinutes(-5 * (i + 1)), i % 12))];

        var history = Ready([.. points.Reverse()]);

        Assert.Equal(24, history.Values.Length);
        Assert.All(history.Values, value => Assert.Equal(5.5, value, 1e-9));
    }

    [Fact]
    public void Nothing_at_or_after_the_origin_is_used() => Gen.Select(Loads.Any, Gen.Double[0, 1e6].Array[1, 50]).Sample((values, later) =>
    {
        var before = Points(values);
        var after = later.Select((value, i) => new LoadPoint(Loads.End.AddMinutes(30 * i), value));

        Assert.Equal(Ready(before).Values, Ready([.. before, .. after]).Values);
    });

    [Fact]
    public void A_short_gap_is_a_line()
    {
        var points = Points(Loads.Daily(days: 3)).ToList();
        points[30] = points[30] with { Value = 10 };
        points[33] = points[33] with { Value = 40 };
        points.RemoveRange(31, 2);

        var history = Ready(points);

        Assert.Equal((20, 30, 2), (history.Values[31], history.Values[32], history.Filled));
    }

    [Fact]
    public void A_longer_gap_is_filled_by_the_same_hours_of_the_days_around()
    {
        var values = Loads.Daily(days: 5, noise: 0);
        var points = Points(values).ToList();
        points.RemoveRange(50, 12);

        Assert.All(Ready(points).Values.Zip(values), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
    }

    [Fact]
    public void A_gap_at_the_end_is_filled_from_the_day_before()
    {
        var values = Loads.Daily(days: 5, noise: 0);

        var history = Ready(Points(values)[..^10]);

        Assert.Equal(10, history.Filled);
        Assert.All(history.Values.Zip(values), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
    }

    [Fact]
    public void Before_a_gap_of_days_nothing_counts()
    {
        var points = Points(Loads.Daily(days: 14)).ToList();
        points.RemoveRange(24, 4 * 24);

        Assert.Equal(9 * 24, Ready(points).Values.Length);
    }

    [Fact]
    public void After_a_month_of_nothing_the_reason_is_told()
    {
        LoadPoint[] points = [.. Points(Loads.Daily(days: 10)).Select(point => point with { At = point.At.AddDays(-30) }), new(Loads.End.AddHours(-1), 5)];

        Assert.Contains("1 values in a row", Unfit(points), StringComparison.Ordinal);
        Assert.Contains("more than a day before", Unfit([.. Points(Loads.Daily(days: 10)).Select(point => point with { At = point.At.AddDays(-3) })]), StringComparison.Ordinal);
        Assert.Contains("no value in the 14 days", Unfit(points[..^1]), StringComparison.Ordinal);
        Assert.Contains("no value", Unfit([]), StringComparison.Ordinal);
    }

    [Fact]
    public void Days_left_out_on_purpose_are_no_gap()
    {
        var values = Loads.Daily(days: 12, noise: 0);
        var points = Points(values).ToList();
        var (from, to) = (points[4 * 24].At, points[9 * 24].At);
        points.RemoveRange(4 * 24, 5 * 24);

        Assert.Equal(3 * 24, Ready(points).Values.Length);
        var history = Assert.IsType<HistoryReading.Ready>(HistoryReader.Read(points, Loads.End, Loads.Hour, isLeftOut: time => time >= from && time < to)).History;
        Assert.Equal((12 * 24, 5 * 24), (history.Values.Length, history.Filled));
        Assert.All(history.Values.Zip(values), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
    }

    [Fact]
    public void Unknown_values_are_gaps()
    {
        var points = Points(Loads.Daily(days: 3));
        points[40] = points[40] with { Value = double.NaN };
        points[41] = points[41] with { Value = double.PositiveInfinity };

        var history = Ready(points);

        Assert.Equal(2, history.Filled);
        Assert.All(history.Values, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Mostly_missing_is_unfit()
    {
        var points = Points(Loads.Daily(days: 6)).Where((_, i) => i % 24 < 8 || i == 0).ToArray();

        Assert.Contains("needs half of them", Unfit(points), StringComparison.Ordinal);
    }

    [Fact]
    public void Unequal_spacing_comes_onto_the_grid()
    {
        var values = Loads.Daily(days: 4, noise: 0);
        var jitter = Loads.Noise(values.Length, 4);
        LoadPoint[] points = [.. Points(values).Select((point, i) => point with { At = point.At.AddMinutes(14 * jitter[i] + 15) })];

        Assert.All(Ready(points).Values.Zip(values), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
    }

    [Fact]
    public void Finer_steps_than_the_measurements_are_lines_between_them()
    {
        var history = Assert.IsType<HistoryReading.Ready>(HistoryReader.Read(Points(Loads.Daily(days: 3)), Loads.End, TimeSpan.FromMinutes(15))).History;

        Assert.Equal((history.Values[0] + history.Values[4]) / 2, history.Values[2], 1e-9);
    }

    [Fact]
    public void Of_five_years_the_last_two_weeks_count()
    {
        var values = Loads.Daily(days: 5 * 365);

        Assert.Equal(values[^(14 * 24)..], Ready(Points(values)).Values);
    }

    [Fact]
    public void A_fault_of_the_sensor_is_pulled_back_and_a_daily_job_is_not()
    {
        var values = Loads.Daily(days: 6, noise: 1);
        values[75] = 5_000;
        for (var day = 0; day < 6; day++)
        {
            values[(day * 24) + 3] += 2_000;
        }

        var history = Ready(Points(values));

        Assert.Equal(1, history.PulledBack);
        Assert.Equal((values[74] + values[76]) / 2, history.Values[75], 1e-9);
        Assert.Equal(values[51], history.Values[51]);
    }

    [Fact]
    public void A_burst_of_two_steps_is_load()
    {
        var values = Loads.Daily(days: 6, noise: 1);
        (values[75], values[76]) = (5_000, 4_900);

        Assert.Equal(0, Ready(Points(values)).PulledBack);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1.5)]
    public void What_was_before_a_step_up_is_brought_to_the_new_level(double factor)
    {
        var values = Loads.Daily(days: 14, noise: 1);
        double[] stepped = [.. values.Select((value, i) => i < 13 * 24 ? value : factor * value)];

        var history = Ready(Points(stepped));

        Assert.Equal(13 * 24, history.Rescaled);
        Assert.All(history.Values.Zip(values), pair => Assert.InRange(pair.First / (factor * pair.Second), 0.95, 1.05));
        Assert.Equal(stepped[^24..], history.Values[^24..]);
    }

    [Fact]
    public void A_step_down_counts_after_two_days()
    {
        var values = Loads.Daily(days: 14, noise: 1);

        Assert.Equal(0, Ready(Points([.. values.Select((value, i) => i < (12 * 24) + 1 ? value : value / 3)])).Rescaled);
        Assert.Equal(12 * 24, Ready(Points([.. values.Select((value, i) => i < 12 * 24 ? value : value / 3)])).Rescaled);
    }

    [Theory]
    [InlineData(6, 3)]
    [InlineData(24, 1.1)]
    public void A_burst_of_hours_and_a_busier_day_are_no_step(int hours, double factor)
    {
        var values = Loads.Daily(days: 14, noise: 1);

        Assert.Equal(0, Ready(Points([.. values.Select((value, i) => i < values.Length - hours ? value : factor * value)])).Rescaled);
    }

    [Fact]
    public void Of_a_load_that_has_only_begun_the_nothing_before_is_left_out()
    {
        var values = Loads.Daily(days: 1);

        Assert.Equal(values, Ready(Points([.. new double[10 * 24], .. values])).Values);
    }

    private static LoadPoint[] Points(double[] values) =>
        [.. values.Select((value, i) => new LoadPoint(Loads.End.AddHours(i - values.Length), value))];

    private static LoadHistory Ready(IReadOnlyList<LoadPoint> points) =>
        Assert.IsType<HistoryReading.Ready>(HistoryReader.Read(points, Loads.End, Loads.Hour)).History;

    private static string Unfit(IReadOnlyList<LoadPoint> points) =>
        Assert.IsType<HistoryReading.Unfit>(HistoryReader.Read(points, Loads.End, Loads.Hour)).Reason;
}
