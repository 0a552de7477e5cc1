using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>
/// Kill switch, then minimum and critical, then the budget's freeze, then floors of the clock, then the load, then the forecast: every
/// combination of them, against a table written down apart from the code.
/// </summary>
public sealed class BudgetPrecedenceTests
{
    private const int Current = 4, Minimum = 6, Floor = 8, Load = 9, Forecast = 12;

    public static MatrixTheoryData<bool, bool, bool, bool, bool, bool, bool> All { get; } =
        new([false, true], [false, true], [false, true], [false, true], [false, true], [false, true], [false, true]);

    [Theory]
    [MemberData(nameof(All))]
    public void Whoever_goes_before_has_the_word(bool isKilled, bool isBelowMinimum, bool isCritical, bool isFrozen, bool isFloored, bool isLoaded, bool isForecast)
    {
        var wanted = new[] { Current, isBelowMinimum ? Minimum : 0, isFloored ? Floor : 0, isLoaded ? Load : 0, isForecast ? Forecast : 0 }.Max();
        var left = !isFrozen || (isCritical && !isForecast) ? int.MaxValue
            : Math.Max(isBelowMinimum ? Minimum : 1, isCritical ? Forecast : 0);
        var expected = isKilled ? Current : Math.Max(Current, Math.Min(wanted, left));

        Assert.Equal(expected, Goal(isKilled, isBelowMinimum, isCritical, isFrozen, isFloored, isLoaded, isForecast));
    }

    private static int Goal(bool isKilled, bool isBelowMinimum, bool isCritical, bool isFrozen, bool isFloored, bool isLoaded, bool isForecast)
    {
        var horizontal = Some.Horizontal(isBelowMinimum ? Minimum : 1) with
        {
            Floors = isFloored
                ? [new InstanceFloor { When = new ZonedWindow(new TimeWindow.Once(new(2026, 3, 1, 0, 0), new(2026, 3, 9, 0, 0)), NodaTime.DateTimeZone.Utc), Minimum = Floor, Reason = "sale", Source = Some.Source }]
                : [],
        };
        var set = Some.Policies(horizontal);
        set = set with { Workloads = [set.Workloads[0] with { IsCritical = isCritical }], PredictiveScaling = [Some.Predictive()] };
        var target = Some.Target(Current);

        // 60 is the target, of four instances: 60 on each fits, 135 fits nine.
        var cpu = isLoaded ? 60.0 * Load / Current : 60;
        var evaluation = TargetEvaluation.Of(
            target, Assert.IsType<TargetPolicies.Resolved>(set.For(target)), new Dictionary<string, MetricSeries> { ["cpu"] = Some.Series(cpu, cpu, cpu) },
            new TargetRow { Target = target.Id },
            new TickContext
            {
                Now = Some.Noon,
                ModeCeiling = PolicyMode.Act,
                Stop = isKilled ? new WriteStop.KillSwitch("ann", "", null) : new WriteStop.None(),
                Interval = Some.Minutes(1),
                Budgets = isFrozen ? [SomeBudget.Standing(BudgetPhase.Active, SomeBudget.Freeze)] : [],
            },
            isForecast ? Some.Schedule((0, Forecast)) : null);
        return evaluation.Outcome is PlanOutcome.Planned { Plan.Goal: var goal } ? goal : Current;
    }
}
