using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Spends on dearer instances what the caps on the spend of guardrails have left, and not more. Smaller ones cost more at times, as those
/// of a newer family; of which the price is not known, they are free.
/// </summary>
public sealed class SizeSpendGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        foreach (var guardrails in context.Guardrails)
        {
            if (guardrails is not { Fleet.SpendPerHour: { } cap, Prices: { } prices })
            {
                continue;
            }

            var query = PriceQuery.Of(context.Target);
            var (now, then) = (prices.Of(query), prices.Of(query with { Sku = draft.Size!.To.Name }));
            if (now is null || then is null)
            {
                if (!draft.IsRaise)
                {
                    continue;
                }

                var unknown = now is null ? draft.Size.From.Name : draft.Size.To.Name;
                return new GuardVerdict.Block(nameof(SizeSpendGuard), new GuardReason.NotPriced(unknown, cap, prices.Currency, guardrails.Name));
            }

            var left = context.Rooms.FirstOrDefault(each => each.Guardrails == guardrails.Name)?.Spend ?? 0;
            var more = draft.From * (then.PerHour.Amount - now.PerHour.Amount);
            if (more > 0 && more > left)
            {
                return new GuardVerdict.Block(nameof(SizeSpendGuard), new GuardReason.SpendCapped(cap, left, prices.Currency, then.AsOf, then.Basis, guardrails.Name));
            }
        }

        return new GuardVerdict.Pass();
    }
}
