using ScaleFunctions.Core.Forecasts.Trials;

namespace ScaleFunctions.Core.Tests.Forecasts.Trials;

public sealed class ForecastGateTests
{
    [Theory]
    [InlineData(0.99, 0.90, 0.90, false, true)]
    [InlineData(1.01, 0.95, 0.95, false, false)]
    [InlineData(1.01, 0.95, 0.95, true, true)]
    [InlineData(1.11, 0.95, 0.95, true, false)]
    [InlineData(0.50, 0.85, 0.95, false, false)]
    [InlineData(0.50, 0.85, 0.95, true, true)]
    [InlineData(0.50, 0.79, 0.95, true, false)]
    [InlineData(0.50, 0.95, 0.60, false, false)]
    [InlineData(0.50, 0.95, 0.60, true, true)]
    [InlineData(0.50, 0.95, 0.40, true, false)]
    public void It_takes_more_to_get_in_than_to_stay_in(double relative, double coverage, double lately, bool isIn, bool mayAct) =>
        Assert.Equal(mayAct, ForecastGate.WhyNot(new ForecastScore(20, 20 * relative, 20, 20 * coverage, lately), isIn).Length == 0);

    [Fact]
    public void Twelve_trials_are_asked_for()
    {
        var score = ForecastScore.None;
        for (var trial = 0; trial < 11; trial++)
        {
            score = score.Add(1, 2, 1);
        }

        Assert.NotEqual("", ForecastGate.WhyNot(score, isIn: false));
        Assert.Equal("", ForecastGate.WhyNot(score.Add(1, 2, 1), isIn: false));
    }

    [Fact]
    public void A_load_that_never_changed_is_forecast_no_better_than_by_yesterday() =>
        Assert.Equal("its error is 1.00 times that of the load a day before", ForecastGate.WhyNot(new ForecastScore(20, 0, 0, 20, 1), isIn: false));

    [Fact]
    public void Old_trials_fade()
    {
        var score = Enumerable.Range(0, 200).Aggregate(ForecastScore.None, (each, _) => each.Add(10, 1, 0));
        score = Enumerable.Range(0, 400).Aggregate(score, (each, _) => each.Add(1, 10, 1));

        Assert.InRange(score.Relative, 0.1, 0.4);
        Assert.InRange(score.Coverage, 0.95, 1);
    }

    [Theory]
    [InlineData(0.96, ForecastMethod.Combined)]
    [InlineData(0.94, ForecastMethod.Level)]
    public void A_challenger_must_be_clearly_better(double error, ForecastMethod champion) => Assert.Equal(
        champion, ForecastGate.Champion([Method(ForecastMethod.Combined, 1), Method(ForecastMethod.Level, error)], ForecastMethod.Combined));

    [Fact]
    public void A_challenger_without_trials_is_no_challenger() => Assert.Equal(
        ForecastMethod.Combined,
        ForecastGate.Champion(
            [Method(ForecastMethod.Combined, 1), Method(ForecastMethod.Level, 0.1) with { Score = new ForecastScore(3, 0.3, 3, 3, 1) }], ForecastMethod.Combined));

    private static MethodState Method(ForecastMethod method, double error) =>
        new() { Method = method, Fit = null!, Score = new ForecastScore(20, 20 * error, 20, 19, 1) };
}
