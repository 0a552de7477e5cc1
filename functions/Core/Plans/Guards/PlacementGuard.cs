namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Adds no instances of a size, or in a region, that the platform does not allow. The way back to the minimum is open at any
/// time, and lowering always is.
/// </summary>
public sealed class PlacementGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        if (!draft.IsRaise)
        {
            return new GuardVerdict.Pass();
        }

        var (sku, region) = (context.Target.Sku, context.Target.Region);
        var reason = context.Guardrails
            .Select(guardrails =>
                !guardrails.AllowsSku(sku) ? new GuardReason.NotAllowed($"of the size {sku}", guardrails.Name)
                : !guardrails.AllowsRegion(region) ? new GuardReason.NotAllowed($"in {region}", guardrails.Name)
                : null)
            .FirstOrDefault(found => found is not null);
        return reason is null ? new GuardVerdict.Pass() : BackToMinimum.Only(nameof(PlacementGuard), draft, context, reason);
    }
}
