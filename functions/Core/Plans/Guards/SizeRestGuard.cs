using ScaleFunctions.Core.Decisions.Sizing;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>One change of the size at a time, with a rest between two, and none to a size that did not do lately.</summary>
public sealed class SizeRestGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        var (size, history) = (draft.Size!.To.Name, context.SizeHistory);
        return context.RollsOut is { } rolling ? Block(new GuardReason.RollOutUnderWay(rolling))
            : history.Of(size) is { } quarantine && quarantine.Until > context.Now ? Block(new GuardReason.SizeQuarantined(quarantine))
            : history.Changes is [.., var last] && last.At + context.SizeTerms!.Rest > context.Now ? Block(Rests(last, context.SizeTerms.Rest))
            : new GuardVerdict.Pass();
    }

    private static GuardReason.SizeRests Rests(PastSize last, TimeSpan rest) => new(last.From, last.To, last.At + rest);

    private static GuardVerdict.Block Block(GuardReason reason) => new(nameof(SizeRestGuard), reason);
}
