using System.Diagnostics;
using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Backtests.Peers;

namespace ScaleFunctions.Core.Tests.Backtests;

public sealed class ReplaySpeedTests
{
    /// <summary>The figure of docs/benchmarks.md; the limit holds on a busy machine and without optimization, too.</summary>
    [Fact]
    public void Four_weeks_of_minutes_take_less_than_400_ms_under_a_policy_without_refits()
    {
        var series = DemandSeries.Scale("busy", Waves.Busy(28), 20);
        var times = Enumerable.Range(0, 5).Select(_ =>
        {
            var watch = Stopwatch.StartNew();
            FleetReplay.Run(series, new AzureRules(AzureRuleSettings.ByOne), TestContext.Current.CancellationToken);
            return watch.Elapsed.TotalMilliseconds;
        }).Order().ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine($"28 days of minutes: median {times[2]:0.0} ms, {times[0]:0.0} to {times[^1]:0.0}");

        Assert.True(times[0] < 400, $"{times[0]} ms");
    }

    [Fact]
    public void The_loop_allocates_its_result_and_nothing_a_minute()
    {
        var series = DemandSeries.Scale("busy", Waves.Busy(28), 20);
        FleetReplay.Run(series, new StaticPeak(30), TestContext.Current.CancellationToken);

        var before = GC.GetAllocatedBytesForCurrentThread();
        FleetReplay.Run(series, new StaticPeak(30), TestContext.Current.CancellationToken);
        var perMinute = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)series.Minutes;

        // Three counts and two measures of a minute are 28 bytes.
        Assert.InRange(perMinute, 28, 28.5);
    }
}
