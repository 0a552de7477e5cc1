namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Adds nothing while a budget freezes scale-out. The way back to the minimum is open, and a critical workload gets what its
/// forecast needs; floors of the clock, the load and other forecasts come after the budget.
/// </summary>
public sealed class BudgetFreezeGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        if (!draft.IsRaise || context.BudgetFreeze is not { } freeze || freeze is { IsCritical: true, Need: null })
        {
            return new GuardVerdict.Pass();
        }

        if (draft.Size is not null)
        {
            return freeze.IsCritical
                ? new GuardVerdict.Pass()
                : new GuardVerdict.Block(nameof(BudgetFreezeGuard), new GuardReason.BudgetFrozen(freeze.Budget, freeze.Step, Instances: null));
        }

        var least = freeze.IsCritical ? Math.Max(freeze.Minimum, freeze.Need!.Value) : freeze.Minimum;
        if (draft.Goal <= least)
        {
            return new GuardVerdict.Pass();
        }

        // Beyond what there is, where that is more than is left open.
        var reason = new GuardReason.BudgetFrozen(freeze.Budget, freeze.Step, Math.Max(least, draft.From));
        return least > draft.From
            ? new GuardVerdict.Limit(nameof(BudgetFreezeGuard), least, reason)
            : new GuardVerdict.Block(nameof(BudgetFreezeGuard), reason);
    }
}
