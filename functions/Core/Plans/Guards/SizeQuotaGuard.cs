namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Asks for no size that the subscription does not get, or has no quota for. Within a family only what is added counts; another
/// family needs room for all of it, because for a while instances of both exist.
/// </summary>
public sealed class SizeQuotaGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        var (from, to) = (draft.Size!.From, draft.Size.To);
        if (to.WhyNot is { } why)
        {
            return new GuardVerdict.Block(nameof(SizeQuotaGuard), new GuardReason.SizeRestricted(to.Name, context.Target.Region, why));
        }

        foreach (var quota in context.Preflight.SizeQuotas)
        {
            var added = (long)draft.From * (quota.Is(to.Family) && !string.Equals(to.Family, from.Family, StringComparison.OrdinalIgnoreCase)
                ? to.Cores
                : to.Cores - from.Cores);
            if (added > quota.Left)
            {
                return new GuardVerdict.Block(nameof(SizeQuotaGuard), new GuardReason.QuotaReached(quota, added));
            }
        }

        return new GuardVerdict.Pass();
    }
}
