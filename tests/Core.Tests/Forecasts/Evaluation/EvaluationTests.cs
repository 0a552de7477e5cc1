using ScaleFunctions.Core.Forecasts;
using ScaleFunctions.Core.Forecasts.Evaluation;

namespace ScaleFunctions.Core.Tests.Forecasts.Evaluation;

public sealed class EvaluationTests
{
    [Fact]
    public void Minutes_are_averaged_to_quarters_and_hours_stay()
    {
        var minutes = EvaluationSeries.From("m", [.. Enumerable.Range(0, 40).Select(i => new LoadPoint(Loads.End.AddMinutes(i), i))]);
        var hours = EvaluationSeries.From("h", [.. Enumerable.Range(0, 40).Select(i => new LoadPoint(Loads.End.AddHours(i), i))]);

        Assert.Equal((900, 2, 7, 22), (minutes.StepSeconds, minutes.Values.Length, minutes.Values[0], minutes.Values[1]));
        Assert.Equal((3600, 40, 1), (hours.StepSeconds, hours.Values.Length, hours.StepsPerHour));
    }

    [Fact]
    public void A_missing_step_is_filled()
    {
        LoadPoint[] points = [.. Enumerable.Range(0, 40).Where(i => i != 20).Select(i => new LoadPoint(Loads.End.AddHours(i), i))];

        Assert.Equal(20, EvaluationSeries.From("h", points).Values[20]);
    }

    [Fact]
    public void What_has_no_usable_step_is_an_error()
    {
        Assert.Throws<FormatException>(() => EvaluationSeries.From("one", [new(Loads.End, 1)]));
        Assert.Throws<FormatException>(() => EvaluationSeries.From("odd", [new(Loads.End, 1), new(Loads.End.AddMinutes(7), 1)]));
    }

    [Fact]
    public void Origins_lie_evenly_with_a_day_after_each_and_long_series_count_from_their_last_60_days()
    {
        var origins = EvaluationProtocol.Origins(Series(days: 100));

        Assert.Equal(8, origins.Count);
        Assert.Equal((100 - 1 - 60) * 24, origins[0].Index + 1);
        Assert.Equal((100 - 1) * 24, origins[^1].Index + 1);
        Assert.All(origins, origin => Assert.Equal((14 * 24, 24), (origin.Training.Length, origin.Actual.Length)));
        Assert.Equal(7 * 24, EvaluationProtocol.Origins(Series(days: 17))[0].Training.Length);
        Assert.Empty(EvaluationProtocol.Origins(Series(days: 7)));
    }

    [Fact]
    public void A_forecast_does_not_see_what_it_is_scored_on()
    {
        var values = Series(days: 20).Values;
        var origin = EvaluationProtocol.Origins(new("a", values, 3600))[3];

        Assert.Equal(values[(origin.Index - (14 * 24))..origin.Index], origin.Training);
        Assert.Equal(values[origin.Index..(origin.Index + 24)], origin.Actual);
    }

    /// <summary>Actuals 10 and 20, forecast 12 and 18, bound 13 and 15 (below the mean, so 18): by hand.</summary>
    [Fact]
    public void Scores_are_those_of_the_protocol()
    {
        var origin = new EvaluationOrigin(0, [], [10, 20], Scale: 4);

        var score = EvaluationScore.Of(origin, new([12, 18], [13, 15], TimeSpan.Zero), steps: 2);

        Assert.Equal(0.5, score.Mase, 1e-12);
        Assert.Equal(((4 / 22d) + (4 / 38d)) / 2, score.Smape, 1e-12);
        Assert.Equal(4 / 30d, score.Wape, 1e-12);
        Assert.Equal(((0.05 * 3) + (0.95 * 2)) / 30, score.Pinball, 1e-12);
        Assert.Equal(0.5, score.Coverage, 1e-12);
    }

    [Fact]
    public void A_row_is_printed_as_the_yardstick_prints_it() => Assert.Equal(
        "web,900,14,snaive_day,24h,eight,8,1.2346,0.5000,0.2500,0.1000,0.9500,0.0012",
        new EvaluationRow("web", 900, 14, "snaive_day", "24h", "eight", 8, new(1.23456, 0.5, 0.25, 0.1, 0.95), 0.00123).ToCsv());

    [Fact]
    public void A_training_that_repeats_exactly_has_no_scale_and_is_left_out() =>
        Assert.Empty(EvaluationProtocol.Origins(new("same", new double[30 * 24], 3600)));

    private static EvaluationSeries Series(int days) => new("daily", Loads.Daily(days), 3600);
}
