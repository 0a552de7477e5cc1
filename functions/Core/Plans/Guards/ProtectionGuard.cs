using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Leaves at least the instances that somebody protects from scale-in. The write looks again and has the last word; here it is
/// known before anybody waits for a turn, and <c>why</c> can tell. Where nobody could look nothing is lowered.
/// </summary>
public sealed class ProtectionGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        if (!draft.IsLowering)
        {
            return new GuardVerdict.Pass();
        }

        return context.Preflight.Least switch
        {
            FactReading<PlatformBound>.Unknown unknown => Block(new GuardReason.ProtectionUnknown(unknown.Why)),
            FactReading<PlatformBound>.Known { Value: var least } when least.Instances > draft.Goal => least.Instances < draft.From
                ? new GuardVerdict.Limit(nameof(ProtectionGuard), least.Instances, new GuardReason.Protected(least.Instances))
                : Block(new GuardReason.Protected(least.Instances)),
            _ => new GuardVerdict.Pass(),
        };
    }

    private static GuardVerdict.Block Block(GuardReason reason) => new(nameof(ProtectionGuard), reason);
}
