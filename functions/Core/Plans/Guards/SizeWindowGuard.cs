namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>Changes sizes in the window of the policy only: instances restart by it.</summary>
public sealed class SizeWindowGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) =>
        context.SizeTerms is { Window: { } window } terms && !terms.IsOpen(draft.IsRaise, context.Now)
            ? new GuardVerdict.Block(nameof(SizeWindowGuard), new GuardReason.OutsideWindow($"{window.When.Window.Text} {window.When.Zone.Id}"))
            : new GuardVerdict.Pass();
}
