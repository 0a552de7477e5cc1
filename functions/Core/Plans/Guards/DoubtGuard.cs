using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>Nothing is lowered on an incomplete inventory or on tags that were not read.</summary>
public sealed class DoubtGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        if (!draft.IsLowering)
        {
            return new GuardVerdict.Pass();
        }

        if (context.InventoryDoubt.Length > 0)
        {
            return new GuardVerdict.Block(nameof(DoubtGuard), new GuardReason.InventoryIncomplete(context.InventoryDoubt));
        }

        return context.Target.Tags is TargetTags.Unknown unknown
            ? new GuardVerdict.Block(nameof(DoubtGuard), new GuardReason.TagsUnknown(unknown.Reason))
            : new GuardVerdict.Pass();
    }
}
