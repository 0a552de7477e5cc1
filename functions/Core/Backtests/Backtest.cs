using ScaleFunctions.Core.Backtests.Peers;

namespace ScaleFunctions.Core.Backtests;

/// <summary>Replays policies on a recorded load, beside doing nothing and beside what Azure proposes.</summary>
public static class Backtest
{
    public const string Own = "policies";
    public const string None = "no policy";
    public const string Azure = "Azure 70/30";

    /// <summary>What the resource's own autoscale setting would have done, where there is one.</summary>
    public const string Native = "its own autoscale";

    /// <summary>How the fleet really went, where it is known.</summary>
    public const string AsItWas = "as it was";

    /// <summary>How many courses are replayed.</summary>
    public static int Replays(ReplaySetup setup) => setup.Native is null ? 3 : 4;

    /// <param name="setup">The policies and what they are tried on.</param>
    /// <param name="load">The load.</param>
    /// <param name="isReplayed">Called after each of the replays.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static BacktestResult Run(ReplaySetup setup, ReplayedLoad load, Action? isReplayed = null, CancellationToken cancellationToken = default)
    {
        var (demand, terms) = (load.Demand, setup.Terms(load));
        var oracle = ScalingMeasures.Of(demand, Oracle.Plan(demand, terms.BootMinutes));
        var policies = new ReplayedPolicies(setup, load);
        var own = FleetReplay.Run(demand, policies, terms, cancellationToken);
        isReplayed?.Invoke();
        var bounded = terms with { MinimumInstances = setup.Policies.Horizontal.Minimum, MaximumInstances = setup.Policies.Horizontal.Maximum };
        var azure = FleetReplay.Run(demand, new AzureRules(AzureRuleSettings.ByOne), bounded, cancellationToken);
        isReplayed?.Invoke();
        var none = FleetReplay.Run(demand, new StaticPeak(terms.FirstInstances), terms, cancellationToken);
        isReplayed?.Invoke();
        List<BacktestRow> rows = [BacktestRow.Of(Own, load, own, oracle), BacktestRow.Of(None, load, none, oracle), BacktestRow.Of(Azure, load, azure, oracle)];
        if (setup.Native is { } setting)
        {
            rows.Add(BacktestRow.Of(Native, load, FleetReplay.Run(demand, new AutoscaledFleet(setting, load, setup.Signals), terms, cancellationToken), oracle));
            isReplayed?.Invoke();
        }

        var recorded = setup.Reported is { Count: > 0 } reported ? RecordedCourse.Of(reported, load) : null;
        if (recorded is not null)
        {
            rows.Add(BacktestRow.Of(AsItWas, load, recorded, oracle));
        }

        return new BacktestResult
        {
            Load = load,
            Course = own,
            Recorded = recorded,
            Changes = policies.Changes,
            Predicted = policies.Predicted,
            Oracle = oracle,
            Rows = rows,
            Held = [.. policies.HeldMinutes.Select(each => new HeldMinutes(each.Key, each.Value))
                .OrderByDescending(each => each.Minutes).ThenBy(each => each.Guard, StringComparer.Ordinal)],
        };
    }

    /// <summary>What the policies alone come to; nothing is compared.</summary>
    public static BacktestRow Score(ReplaySetup setup, ReplayedLoad load, ScalingMeasures oracle, CancellationToken cancellationToken = default) =>
        BacktestRow.Of(Own, load, FleetReplay.Run(load.Demand, new ReplayedPolicies(setup, load), setup.Terms(load), cancellationToken), oracle);
}
