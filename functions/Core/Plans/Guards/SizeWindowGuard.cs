namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>Changes sizes in the window of the policy only: instances restart by it.</summary>
public sealed class SizeWindowGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) =>
        context.Vertical!.Window is { } window && (window.HoldsUp || !draft.IsRaise) && window.When.ActiveUntil(context.Now) is null
            ? new GuardVerdict.Block(nameof(SizeWindowGuard), new GuardReason.OutsideWindow($"{window.When.Window.Text} {window.When.Zone.Id}"))
            : new GuardVerdict.Pass();
}
