namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>What is left of a change when a guard refuses it: the way back to the minimum, which is open at any time.</summary>
internal static class BackToMinimum
{
    public static GuardVerdict Only(string guard, PlanDraft draft, PlanContext context, GuardReason reason)
    {
        var minimum = context.Horizontal.Minimum;
        return !draft.IsRaise || draft.From >= minimum
            ? new GuardVerdict.Block(guard, reason)
            : draft.Goal > minimum ? new GuardVerdict.Limit(guard, minimum, reason) : new GuardVerdict.Pass();
    }
}
