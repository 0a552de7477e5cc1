namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Acts on a kind that policies declare only where the platform's guardrails list it: who may write policies may not thereby
/// write any resource of Azure. All guardrails that list kinds must, and at least one has to.
/// </summary>
public sealed class DeclaredKindGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        if (context.Declared is not { } kind)
        {
            return new GuardVerdict.Pass();
        }

        var lists = context.Guardrails.Where(guardrails => guardrails.ResourceKinds is not null).ToList();
        return lists.Count > 0 && lists.TrueForAll(guardrails => guardrails.ResourceKinds!.Contains(kind.Name, StringComparer.Ordinal))
            ? new GuardVerdict.Pass()
            : new GuardVerdict.Block(nameof(DeclaredKindGuard), new GuardReason.KindNotListed(kind.Name));
    }
}
