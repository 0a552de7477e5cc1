using System.Globalization;
using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Backtests.Peers;
using ScaleFunctions.Core.Signals.Traces;

namespace ScaleFunctions.Core.Tests.Backtests.Peers;

/// <summary>Peers and protocol against the yardstick's own numbers, where its series are at hand beside the repository.</summary>
public sealed class YardstickTests
{
    // The yardstick's numbers have four decimals.
    private const double Rounding = 0.000051;

    private static readonly string Shared = Path.GetFullPath(Path.Combine(ArchitectureTests.Sources.Core, "../../../shared"));

    [Theory]
    [InlineData(20)]
    [InlineData(5)]
    public void Every_peer_equals_the_yardstick_on_every_series(double mean)
    {
        var table = Path.Combine(Shared, "yardstick", "autoscaler-baselines.csv");
        Assert.SkipUnless(File.Exists(table), $"the yardstick's series are not at hand: no {table}");
        var lines = File.ReadAllLines(table);
        var expected = lines.Skip(1).Select(line => line.Split(',')).Where(cells => Number(cells[1]) == mean && IsChecked(cells[3], mean)).ToArray();

        var rows = expected.Select(cells => cells[0]).Distinct().AsParallel().AsOrdered()
            .SelectMany(trace => Score(trace, mean)).ToArray();

        Assert.Equal(expected.Select(cells => (cells[0], cells[3])), rows.Select(row => (row.Trace, row.Policy)));
        Assert.Empty(expected.Zip(rows).SelectMany(pair => Differences(lines[0].Split(','), pair.First, pair.Second)));
    }

    private static ScorecardRow[] Score(string trace, double mean)
    {
        var file = Path.Combine(Shared, "traces", $"{trace}.csv");
        var card = new Scorecard(DemandSeries.Scale(trace, RecordedLoad.ToMinutes(TraceText.Read(File.ReadAllText(file), file, TraceRule.Demand), file), mean));
        return [card.Oracle, .. PeerCatalogue.All.Where(policy => IsChecked(policy.Name, mean)).Select(policy => card.Score(policy))];
    }

    // The variants of the reference policy differ in one number and take most of the time: one stands for all, and at a mean of 5
    // for itself too. YARDSTICK=all compares every row.
    private static bool IsChecked(string policy, double mean) => IsWhole
        || !policy.StartsWith("ref2", StringComparison.Ordinal) || (mean > 5 && policy == "ref2_q95");

    private static bool IsWhole => Environment.GetEnvironmentVariable("YARDSTICK") == "all";

    private static IEnumerable<string> Differences(string[] columns, string[] expected, ScorecardRow row)
    {
        var measures = row.Measures;
        double[] found =
        [
            Math.Round(row.ScoredDays, 1), 0, row.CostOverOracle, measures.InstanceHours, measures.ShortPercent, measures.OverPercent,
            measures.ShortagePercent, measures.SurplusPercent, measures.InstabilityPercent, measures.LostPercent,
            measures.ShortMinutesPerDay, measures.ActionsPerDay,
        ];
        return found.Select((value, i) => (Value: value, Column: i + 2))
            .Where(cell => cell.Column != 3 && Math.Abs(cell.Value - Number(expected[cell.Column])) > Rounding)
            .Select(cell => $"{row.Trace} {row.Policy} {columns[cell.Column]}: {cell.Value} instead of {expected[cell.Column]}");
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
