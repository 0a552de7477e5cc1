namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Takes no instances away while a new size is brought to them: some of them restart, and what is left has to carry the load.
/// More of them may come at any time.
/// </summary>
public sealed class RollOutGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) => context.RollsOut is { } size && draft.IsLowering
        ? new GuardVerdict.Block(nameof(RollOutGuard), new GuardReason.RollOutUnderWay(size))
        : new GuardVerdict.Pass();
}
