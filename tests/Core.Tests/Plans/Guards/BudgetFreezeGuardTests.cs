using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class BudgetFreezeGuardTests : GuardTests<BudgetFreezeGuard>
{
    [Fact]
    public void Adds_nothing_and_takes_away_as_before()
    {
        Assert.Equal(new GuardReason.BudgetFrozen("team", "freeze", 4), Blocks<GuardReason.BudgetFrozen>(Check(4, 6, Frozen())));
        Passes(Check(4, 2, Frozen()));
        Passes(Check(4, 6));
    }

    [Fact]
    public void Leaves_the_way_back_to_the_minimum_open()
    {
        LimitsTo(2, Check(1, 6, Frozen()));
        Passes(Check(1, 2, Frozen()));
    }

    [Fact]
    public void Leaves_a_critical_workload_what_its_forecast_needs_and_no_more()
    {
        LimitsTo(7, Check(4, 9, Frozen(isCritical: true, need: 7)));
        Passes(Check(4, 7, Frozen(isCritical: true, need: 7)));
        Blocks<GuardReason.BudgetFrozen>(Check(4, 9, Frozen(isCritical: true, need: 3)));
        Blocks<GuardReason.BudgetFrozen>(Check(4, 9, Frozen(isCritical: false, need: 7)));
    }

    /// <summary>Nobody knows what it needs: it is not the budget that finds out.</summary>
    [Fact]
    public void Leaves_a_critical_workload_without_a_forecast_alone() => Passes(Check(4, 9, Frozen(isCritical: true)));

    private static PlanContext Frozen(bool isCritical = false, int? need = null) =>
        Some.PlanContext() with { BudgetFreeze = new BudgetFreeze("team", "freeze", 2, isCritical, need) };
}
