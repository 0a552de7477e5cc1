using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Backtests;

/// <summary>Replays with sensible defaults: a scale set that keeps 60 % CPU without any delay of its own.</summary>
internal static class Replays
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public static ReplaySetup Setup(HorizontalScalingPolicy? horizontal = null, LoadBasedScalingPolicy? loadBased = null, string? signal = null) =>
        Setup(Some.Policies(horizontal, loadBased), signal);

    public static ReplaySetup Setup(PolicySet policies, string? signal = null)
    {
        var resolved = Assert.IsType<TargetPolicies.Resolved>(policies.For("shop"));
        return new ReplaySetup { Policies = resolved, Target = Some.Target(), Signals = ReplayedSignal.Of(resolved.LoadBased, signal) };
    }

    /// <summary>A demand in instances from <see cref="Start"/> on, a value a minute.</summary>
    public static ReplayedLoad Load(IEnumerable<double> demand, int scoredFrom = 0) => ReplayedLoad.Made(DemandSeries.Of("load", [.. demand], scoredFrom), Start);

    public static IEnumerable<double> Constant(double demand, int minutes) => Enumerable.Repeat(demand, minutes);

    public static BacktestResult Run(ReplaySetup setup, ReplayedLoad load) => Backtest.Run(setup, load, cancellationToken: TestContext.Current.CancellationToken);
}
