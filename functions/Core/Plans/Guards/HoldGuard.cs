namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>Does not do again what a person has just taken back. The way back to the minimum is open at any time.</summary>
public sealed class HoldGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) =>
        context.Hold is { } hold && hold.IsActive(context.Now) && hold.OfRaises == draft.IsRaise
            ? BackToMinimum.Only(nameof(HoldGuard), draft, context, new GuardReason.TakenBack(hold.By, hold.Why, hold.OfRaises, hold.Until))
            : new GuardVerdict.Pass();
}
