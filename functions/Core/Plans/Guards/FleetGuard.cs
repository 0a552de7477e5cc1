using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Keeps all resources that guardrails bound under their caps together: instances, and what they cost an hour. A size
/// without a price cannot be judged by money; it is not held back, and the plan says so.
/// </summary>
public sealed class FleetGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        if (!draft.IsRaise)
        {
            return new GuardVerdict.Pass();
        }

        var verdicts = context.Guardrails.Where(guardrails => guardrails.Fleet is not null).Select(guardrails => Judge(guardrails, draft, context)).ToList();
        var strictest = verdicts.Where(verdict => verdict.Reason is not null).OrderBy(verdict => verdict.Left).FirstOrDefault();
        if (strictest.Reason is null)
        {
            return new GuardVerdict.Pass(verdicts.Select(verdict => verdict.Note).FirstOrDefault(note => note is not null));
        }

        var goal = Math.Max(draft.From + strictest.Left, Math.Min(draft.Goal, context.Horizontal.Minimum));
        return goal >= draft.Goal ? new GuardVerdict.Pass()
            : goal > draft.From ? new GuardVerdict.Limit(nameof(FleetGuard), goal, strictest.Reason)
            : new GuardVerdict.Block(nameof(FleetGuard), strictest.Reason);
    }

    private static (int Left, GuardReason? Reason, GuardReason? Note) Judge(GuardrailsPolicy guardrails, PlanDraft draft, PlanContext context)
    {
        var room = context.Rooms.FirstOrDefault(each => each.Guardrails == guardrails.Name) ?? FleetRoom.None(guardrails.Name);
        var wanted = draft.Goal - draft.From;
        var byMoney = JudgeMoney(guardrails, room, wanted, context.Target);
        return guardrails.Fleet!.MaximumInstances is { } most && (room.Instances ?? 0) is var instances && instances < byMoney.Left
            ? (instances, new GuardReason.FleetFull(most, instances, guardrails.Name), byMoney.Note)
            : byMoney;
    }

    private static (int Left, GuardReason? Reason, GuardReason? Note) JudgeMoney(GuardrailsPolicy guardrails, FleetRoom room, int wanted, ObservedTarget target)
    {
        if (guardrails is not { Fleet.SpendPerHour: { } cap, Prices: { } prices })
        {
            return (wanted, null, null);
        }

        if (prices.Of(PriceQuery.Of(target)) is not { } price)
        {
            return (wanted, null, new GuardReason.NotPriced(target.Sku, cap, prices.Currency, guardrails.Name));
        }

        // A room without money is one that was dealt before there was a cap on it: then nothing is left.
        var spend = room.Spend ?? 0;
        var affordable = (int)Math.Min(wanted, Math.Floor(spend / price.PerHour.Amount));
        return affordable < wanted
            ? (affordable, new GuardReason.SpendCapped(cap, spend, prices.Currency, price.AsOf, price.Basis, guardrails.Name), null)
            : (wanted, null, null);
    }
}
