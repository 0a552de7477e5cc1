using ScaleFunctions.Core.Limits;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Adds no more machines than the subscription may have in the region, because a raise past a quota is refused as a whole: some
/// instances are better than none. It says nothing of lowerings, which need no room.
/// </summary>
/// <example>The family has 96 of 100 cores in use, an instance has 2: of 5 wanted, 2 are added.</example>
public sealed class QuotaGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        if (!draft.IsRaise || context.Preflight.Size is not { } size)
        {
            return new GuardVerdict.Pass();
        }

        if (size.WhyNot is { } why)
        {
            return new GuardVerdict.Block(nameof(QuotaGuard), new GuardReason.SizeRestricted(size.Name, context.Target.Region, why));
        }

        var closed = context.Target.ZoneNames.Intersect(size.ClosedZones, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (closed.Count > 0 && closed.Count == context.Target.ZoneNames.Count)
        {
            return new GuardVerdict.Block(nameof(QuotaGuard), Closed());
        }

        // In the zones that are left Azure may find room, or refuse the whole raise; only it knows.
        var passed = new GuardVerdict.Pass(closed.Count > 0 ? Closed() : null);
        var tightest = context.Preflight.Quotas.MinBy(quota => quota.Left);
        if (tightest is null || size.Cores <= 0)
        {
            return passed;
        }

        var wanted = draft.Goal - draft.From;
        var fitting = (int)Math.Min(wanted, tightest.Left / size.Cores);
        return fitting == wanted ? passed
            : fitting > 0 ? new GuardVerdict.Limit(nameof(QuotaGuard), draft.From + fitting, Reason(tightest, wanted, size))
            : new GuardVerdict.Block(nameof(QuotaGuard), Reason(tightest, wanted, size));

        GuardReason.ZonesClosed Closed() => new(size.Name, context.Target.Region, closed);
    }

    private static GuardReason.QuotaReached Reason(QuotaUsage quota, int wanted, SizeOffer size) => new(quota, (long)wanted * size.Cores);
}
