using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>Tells only, where the policy only recommends.</summary>
public sealed class SizeModeGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) => context.SizeTerms!.Mode == SizeMode.Recommend
        ? new GuardVerdict.Block(nameof(SizeModeGuard), new GuardReason.RecommendOnly())
        : new GuardVerdict.Pass();
}
