using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Signals.Traces;

namespace ScaleFunctions.Core.Tests.Backtests;

public sealed class ReplayedLoadTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(60, 14, 28)]
    [InlineData(30, 14, 16)]
    [InlineData(20, 7, 13)]
    [InlineData(8, 7, 1)]
    [InlineData(4, 1, 3)]
    public void Long_recordings_are_scored_as_the_scorecard_does_and_short_ones_after_a_quarter(int days, int warmUp, int scored)
    {
        var span = ReplaySpan.Of(Points(days * 288, _ => 1), "load.csv");

        Assert.Equal((TimeSpan.FromDays(warmUp), TimeSpan.FromDays(scored), Start.AddDays(days)), (span.WarmUp, span.Scored, span.To));
    }

    [Fact]
    public void What_was_recorded_before_warms_up()
    {
        var span = ReplaySpan.Of(Points(30 * 288, _ => 1), "load.csv", from: Start.AddDays(3), to: Start.AddDays(5));

        Assert.Equal((TimeSpan.FromDays(3), TimeSpan.FromDays(2), Start), (span.WarmUp, span.Scored, span.From));
    }

    [Fact]
    public void Times_outside_the_recording_are_refused() => Assert.Contains(
        "2026-03-02T00:00Z to 2026-03-05T00:00Z",
        Assert.Throws<FormatException>(() => ReplaySpan.Of(Points(3 * 288, _ => 1), "load.csv", from: Start.AddDays(4))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void The_mean_of_the_scored_minutes_is_as_asked_for()
    {
        var points = Points(4 * 288, i => i < 288 ? 1000 : 50);
        var load = ReplayedLoad.Of(points, "load.csv", ReplaySpan.Of(points, "load.csv"), 20);

        Assert.Equal(20, load.Demand.MeanInstances, 9);
        Assert.Equal((Start, "load"), (load.Start, load.Demand.Name));
        Assert.Equal(50, load.UnitsPerInstance * load.Demand.Demand[^1], 6);
    }

    [Fact]
    public void Values_that_are_instances_stay_what_they_are()
    {
        var points = Points(4 * 288, _ => 7.5);
        var load = ReplayedLoad.Of(points, "load.csv", ReplaySpan.Of(points, "load.csv"), null);

        Assert.Equal((7.5, 8), (load.Demand.Demand[100], load.Demand.Needed[100]));
    }

    [Fact]
    public void A_percentage_that_stays_at_its_end_hides_load() =>
        Assert.Equal([0, 0, 1, 1, 1, 1, 0, 0, 0], Capped(70, 97, 98, 100, 99, 98.5, 60, 100, 50));

    [Fact]
    public void A_plateau_at_the_very_maximum_hides_load() =>
        Assert.Equal([0, 1, 1, 1, 0, 0, 0, 0], Capped(400, 900, 900, 900, 650, 899, 899, 899));

    [Fact]
    public void Peaks_and_level_loads_hide_nothing()
    {
        Assert.Equal([0, 0, 0, 0, 0], Capped(400, 900, 900, 650, 900));
        Assert.Equal([0, 0, 0, 0], Capped(5, 5, 5, 5));
        Assert.Equal([0, 0, 0, 0], Capped(0, 0, 0, 0));
    }

    [Fact]
    public void A_plateau_at_the_end_counts_to_the_end() => Assert.Equal([0, 1, 1, 1], Capped(400, 900, 900, 900));

    [Fact]
    public void A_part_keeps_its_clock_and_its_scale()
    {
        var points = Points(4 * 288, i => 1 + (i / 100.0));
        var load = ReplayedLoad.Of(points, "load.csv", ReplaySpan.Of(points, "load.csv"), 20);
        var part = load.Part(1000..2000, 1500);

        Assert.Equal((load.At(1000), 500, load.UnitsPerInstance), (part.Start, part.Demand.ScoredFrom, part.UnitsPerInstance));
        Assert.Equal(load.Demand.Demand[1000..2000].ToArray(), part.Demand.Demand.ToArray());
    }

    /// <summary>For each value whether its minutes are capped.</summary>
    private static IEnumerable<int> Capped(params double[] values)
    {
        var capped = CappedLoad.Minutes(Points(values.Length, i => values[i]), values.Length * 5);
        return values.Select((_, i) => capped.AsSpan(i * 5, 5).Count(true) switch { 0 => 0, 5 => 1, var some => some * 100 });
    }

    private static TracePoint[] Points(int count, Func<int, double> value) =>
        [.. Enumerable.Range(0, count).Select(i => new TracePoint(Start.AddMinutes(5 * i), value(i), i + 2))];
}
