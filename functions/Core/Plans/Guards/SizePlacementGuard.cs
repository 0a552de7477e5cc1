namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>Gives instances no size that the platform's guardrails do not allow.</summary>
public sealed class SizePlacementGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) =>
        context.Guardrails.FirstOrDefault(guardrails => !guardrails.AllowsSku(draft.Size!.To.Name)) is { } by
            ? new GuardVerdict.Block(nameof(SizePlacementGuard), new GuardReason.NotAllowed($"of the size {draft.Size!.To.Name}", by.Name))
            : new GuardVerdict.Pass();
}
