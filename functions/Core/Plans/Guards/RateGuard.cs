
namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Limits how far the count moves within a period, counted from where the period began (Kubernetes HPA scaling
/// policies), and for lowering also from the highest count of the period (Google scale-in control). A share is rounded up, so that 10 % of 8 instances still lets one move, and up to a step where a capacity is sold in steps.
/// </summary>
public sealed class RateGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        var limit = draft.IsRaise ? context.Horizontal.ScaleOut.AtMost : context.Horizontal.ScaleIn.AtMost;
        if (limit is null)
        {
            return new GuardVerdict.Pass();
        }

        var moved = Moved(context, limit.Per, draft.IsRaise);
        var start = draft.IsRaise ? draft.From - moved : draft.From + moved;
        var left = limit.Allowed(start) - moved;
        if (draft.IsLowering)
        {
            // Raised and lowered again, or lowered by somebody else meanwhile: what was needed lately still counts.
            var peak = Peak(draft, context, limit.Per);
            left = Math.Min(left, draft.From - peak + limit.Allowed(peak));
        }
        else
        {
            // The minimum is restored at any rate: being below it is never what was wanted.
            left = Math.Max(left, context.Horizontal.Minimum - draft.From);
        }

        // What is sold in steps moves by one at least, as a share of few instances is rounded up to one.
        if (moved == 0 && Peak(draft, context, limit.Per) == draft.From && Step(draft, context) is { } step)
        {
            left = Math.Max(left, step);
        }

        var wanted = Math.Abs((long)draft.Goal - draft.From);
        if (wanted <= left)
        {
            return new GuardVerdict.Pass();
        }

        var reason = new GuardReason.RateLimited(limit.Allowed(start), limit.Per);
        return left <= 0
            ? new GuardVerdict.Block(nameof(RateGuard), reason)
            : new GuardVerdict.Limit(nameof(RateGuard), (int)(draft.IsRaise ? draft.From + left : draft.From - left), reason);
    }

    private static int? Step(PlanDraft draft, PlanContext context) =>
        Math.Abs(draft.From - (context.Declared?.RangeOf(context.Target.Sku)?.Beside(draft.From, draft.IsRaise) ?? draft.From)) is > 0 and var step ? step : null;

    private static long Peak(PlanDraft draft, PlanContext context, TimeSpan per) => context.History.Changes
        .Where(change => change.At > context.Now - per && change.At <= context.Now)
        .Select(change => (long)Math.Max(change.From, change.To))
        .Append(draft.From)
        .Max();

    private static long Moved(PlanContext context, TimeSpan per, bool isRaise) =>
        context.History.Changes
            .Where(change => change.At > context.Now - per)
            .Sum(change => Math.Max(0, isRaise ? (long)change.To - change.From : (long)change.From - change.To));
}
