using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.Core.Tests.Backtests;

public sealed class ScalingMeasuresTests
{
    /// <summary>A day of 1440 minutes is scored in which every minute needs four, but for the ones the test changes.</summary>
    private static readonly DemandSeries Four = DemandSeries.Scale("four", [.. Enumerable.Repeat(4d, 8 * 1440)], 4);

    [Fact]
    public void Everything_is_counted_over_the_scored_minutes_only()
    {
        var serving = Enumerable.Repeat(4, Four.Minutes).ToArray();
        var billed = serving.ToArray();
        var changes = new int[Four.Minutes];
        serving[10] = 1;
        changes[10] = -3;
        serving[^100] = 3;
        serving[^99] = 6;
        billed[^100] = 7;
        (changes[^100], changes[^99], changes[^98], changes[^50]) = (-1, 3, -2, -1);

        var measures = ScalingMeasures.Of(Four, new FleetCourse(serving, billed, changes));

        Assert.Equal(((4 * 1440) + 3) / 60d, measures.InstanceHours, 9);
        Assert.Equal(100d / 1440, measures.ShortPercent, 9);
        Assert.Equal(100d / 1440, measures.OverPercent, 9);
        Assert.Equal(100 * 0.25 / 1440, measures.ShortagePercent, 9);
        Assert.Equal(100 * 0.5 / 1440, measures.SurplusPercent, 9);
        Assert.Equal(100 * 1 / (4d * 1440), measures.LostPercent, 9);
        Assert.Equal((1, 4, 2), (measures.ShortMinutesPerDay, measures.ActionsPerDay, measures.ReversalsPerDay));
        Assert.Equal(100 * 3d / 1439, measures.InstabilityPercent, 9);
    }

    [Fact]
    public void Moving_with_the_need_is_not_instability()
    {
        var series = DemandSeries.Scale("daily", Waves.Daily(8), 20);
        var course = new FleetCourse(series.Needed.ToArray(), series.Needed.ToArray(), new int[series.Minutes]);

        Assert.Equal((0, 0, 0), (ScalingMeasures.Of(series, course).InstabilityPercent, ScalingMeasures.Of(series, course).ShortPercent, ScalingMeasures.Of(series, course).OverPercent));
    }

    [Fact]
    public void Costs_are_summed_up_by_their_geometric_mean_and_the_worst_series_is_kept()
    {
        var measures = ScalingMeasures.Of(Four, new FleetCourse(Four.Needed.ToArray(), Four.Needed.ToArray(), new int[Four.Minutes]));
        ScorecardRow Row(string policy, double cost, double isShort) => new()
        {
            Trace = "a",
            MeanInstances = 4,
            ScoredDays = 1,
            Policy = policy,
            CostOverOracle = cost,
            Measures = measures with { ShortPercent = isShort },
        };

        var summary = ScorecardSummary.Of([Row("b", 2, 1), Row("a", 1, 0), Row("b", 8, 5)]);

        Assert.Equal(["b", "a"], summary.Select(line => line.Policy));
        Assert.Equal((2, 4, 3, 5), (summary[0].Series, Math.Round(summary[0].CostOverOracle, 9), summary[0].ShortPercent, summary[0].WorstShortPercent));
    }
}
