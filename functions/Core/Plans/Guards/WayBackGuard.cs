using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Sizes;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Gives no size up that could not be had again: what is restricted in the region, or in a zone of the instances, is kept by who
/// has it and given to nobody; nor is one given up for a smaller one where Azure has just had no more of it. A size that guardrails forbid is left on purpose; there
/// is no going back to it either. A machine that has to be stopped needs more proof: the quotas, too. That Azure has the room nobody
/// can prove; so whichever of both sizes there is room for starts it.
/// </summary>
public sealed class WayBackGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        var from = draft.Size!.From;
        var needs = (context.Sizing as SizeReading.Read)?.Needs;
        var why = context.Guardrails.FirstOrDefault(guardrails => !guardrails.AllowsSku(from.Name)) is { } by
            ? $"the guardrails {by.Name} do not allow it"
            : SizeChecks.WhyNot(from, from, needs ?? new SizeNeeds())
                ?? (draft.Size.IsUp ? null : Short(from.Name, context))
                ?? (StoppedResize.IsNeeded(draft.Size, context) && context.Preflight.SizeQuotas.Count == 0 ? "it would be stopped, and the quotas of cores could not be read" : null);
        return why is null ? new GuardVerdict.Pass() : new GuardVerdict.Block(nameof(WayBackGuard), new GuardReason.NoWayBack(from.Name, why));
    }

    private static string? Short(string size, PlanContext context) =>
        context.Shortages.FirstOrDefault(each => each.Holds(context.Target with { Sku = size }, context.Now)) is { } shortage
            ? $"there was no more of it at {shortage.At:HH:mm} ({shortage.Code})"
            : null;
}
