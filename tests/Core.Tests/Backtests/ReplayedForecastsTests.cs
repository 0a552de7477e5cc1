using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Backtests;

public sealed class ReplayedForecastsTests
{
    private const int Day = 24 * 60;

    private const int Days = 9;

    /// <summary>Days at about 4 instances; from 08:00 to 18:00 at about 12, reached within ten minutes.</summary>
    private static readonly ReplayedLoad Steps = Replays.Load(Load(Days));

    [Fact]
    public void A_forecast_that_proved_itself_raises_before_the_load_does()
    {
        var without = Replays.Run(Replays.Setup(), Steps);
        var with = Replays.Run(Setup(PredictiveMode.Act), Steps);
        var lastMorning = ((Days - 1) * Day) + (8 * 60);

        var ahead = with.Changes.Where(change => change.Plan.Decision.Reason is ScalingReason.Predicted).ToList();
        Assert.Contains(ahead, change => change.Minute >= lastMorning - 60 && change.Minute < lastMorning);
        Assert.DoesNotContain(ahead, change => change.Minute < Day);
        Assert.DoesNotContain(without.Changes, change => change.Plan.Decision.Reason is ScalingReason.Predicted);
        Assert.True(ShortOn(with, Days - 1) < ShortOn(without, Days - 1), $"{ShortOn(with, Days - 1)} of {ShortOn(without, Days - 1)} minutes are short");
        Assert.Contains(with.Predicted.Skip(lastMorning), foreseen => foreseen > 12);
    }

    [Fact]
    public void A_forecast_that_only_watches_changes_nothing()
    {
        var load = Replays.Load(Load(2));
        var without = Replays.Run(Replays.Setup(), load);
        var watching = Replays.Run(Setup(PredictiveMode.ForecastOnly), load);

        Assert.Equal(without.Changes.Select(change => (change.Minute, change.Plan.Goal)), watching.Changes.Select(change => (change.Minute, change.Plan.Goal)));
        Assert.Contains(watching.Predicted, foreseen => foreseen is not null);
        Assert.Empty(without.Predicted);
    }

    private static IEnumerable<double> Load(int days)
    {
        var random = new Random(5);
        foreach (var quarter in Enumerable.Range(0, days * Day / 15))
        {
            var noise = 0.9 + (0.2 * random.NextDouble());
            foreach (var minute in Enumerable.Range(15 * quarter, 15))
            {
                yield return (4 + (8 * Rise(minute % Day))) * noise;
            }
        }
    }

    private static double Rise(int minute) => Math.Clamp(Math.Min((minute - (8 * 60)) / 10d, ((18 * 60) - minute) / 10d), 0, 1);

    private static ReplaySetup Setup(PredictiveMode mode)
    {
        var setup = Replays.Setup();
        return setup with { Policies = setup.Policies with { Predictive = Some.Predictive(mode) } };
    }

    private static int ShortOn(BacktestResult result, int day)
    {
        var demand = result.Load.Demand;
        return Enumerable.Range(day * Day, Day).Count(minute => result.Course.Serving[minute] < demand.Needed[minute]);
    }
}
