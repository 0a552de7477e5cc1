using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Sizes;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>Gives a resource only a size that has all it needs, in every zone it is in.</summary>
public sealed class SizeFitGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) => context.Sizing switch
    {
        SizeReading.Unreadable unreadable => Block(new GuardReason.SizeUnread(unreadable.Reason)),
        SizeReading.Read read when SizeChecks.WhyNot(draft.Size!.To, draft.Size.From, StoppedResize.Needs(draft.Size, context, read)) is { } why => Block(new GuardReason.SizeUnfit(draft.Size.To.Name, why)),
        _ => new GuardVerdict.Pass(),
    };

    private static GuardVerdict.Block Block(GuardReason reason) => new(nameof(SizeFitGuard), reason);
}
