namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Takes no instances away while a new size is brought to them: some of them restart, and what is left has to carry the load.
/// More of them may come at any time. A machine that is stopped for it is started again by that and nothing else: started in between
/// it would be what it was.
/// </summary>
public sealed class RollOutGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) => context.RollsOut is { } size && (draft.IsLowering || context.IsRestaged)
        ? new GuardVerdict.Block(nameof(RollOutGuard), new GuardReason.RollOutUnderWay(size))
        : new GuardVerdict.Pass();
}
