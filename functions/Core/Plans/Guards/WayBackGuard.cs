using ScaleFunctions.Core.Sizes;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Gives no size up that could not be had again: what is restricted in the region, or in a zone of the instances, is kept by who
/// has it and given to nobody. A size that guardrails forbid is left on purpose; there is no going back to it either.
/// </summary>
public sealed class WayBackGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        var from = draft.Size!.From;
        var needs = (context.Sizing as SizeReading.Read)?.Needs;
        var why = from.WhyNot is { } restricted ? $"Azure gives this subscription no more of it here ({restricted})"
            : context.Guardrails.FirstOrDefault(guardrails => !guardrails.AllowsSku(from.Name)) is { } by ? $"the guardrails {by.Name} do not allow it"
            : needs?.Zones.FirstOrDefault(zone => from.ClosedZones.Contains(zone)) is { } closed ? $"zone {closed} gives no more of it"
            : needs?.Offered is { } offered && !offered.Contains(from.Name) ? "the resource is not offered it any more"
            : null;
        return why is null ? new GuardVerdict.Pass() : new GuardVerdict.Block(nameof(WayBackGuard), new GuardReason.NoWayBack(from.Name, why));
    }
}
