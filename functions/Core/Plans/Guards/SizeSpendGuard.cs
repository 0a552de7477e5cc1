using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Spends on dearer instances what the caps on the spend of guardrails have left, and not more. Smaller ones cost more at times, as those
/// of a newer family; of which the price is not known, they are free.
/// </summary>
public sealed class SizeSpendGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) =>
        Judge(draft.Size!.From.Name, draft.Size.To.Name, draft.From, isNeeded: !draft.IsRaise, context);

    /// <summary>Whether there is money for another size.</summary>
    /// <param name="from">The size there is, or would be.</param>
    /// <param name="to">The other one.</param>
    /// <param name="instances">How many have it.</param>
    /// <param name="isNeeded">Whether it is made all the same where a price is not known.</param>
    /// <param name="context">The caps, and what they have left.</param>
    internal static GuardVerdict Judge(string from, string to, int instances, bool isNeeded, PlanContext context)
    {
        foreach (var guardrails in context.Guardrails)
        {
            if (guardrails is not { Fleet.SpendPerHour: { } cap, Prices: { } prices })
            {
                continue;
            }

            var query = PriceQuery.Of(context.Target);
            var (now, then) = (prices.Of(query with { Sku = from }), prices.Of(query with { Sku = to }));
            if (now is null || then is null)
            {
                if (isNeeded)
                {
                    continue;
                }

                var unknown = now is null ? from : to;
                return new GuardVerdict.Block(nameof(SizeSpendGuard), new GuardReason.NotPriced(unknown, cap, prices.Currency, guardrails.Name));
            }

            var left = context.Rooms.FirstOrDefault(each => each.Guardrails == guardrails.Name)?.Spend ?? 0;
            var more = instances * (then.PerHour.Amount - now.PerHour.Amount);
            if (more > 0 && more > left)
            {
                return new GuardVerdict.Block(nameof(SizeSpendGuard), new GuardReason.SpendCapped(cap, left, prices.Currency, then.AsOf, then.Basis, guardrails.Name));
            }
        }

        return new GuardVerdict.Pass();
    }
}
