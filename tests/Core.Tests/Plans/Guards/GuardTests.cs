using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

/// <summary>What the tests of all guards share: one guard, one change, one verdict.</summary>
public abstract class GuardTests<TGuard>
    where TGuard : IPlanGuard, new()
{
    private protected static GuardVerdict Check(int from, int goal, PlanContext? context = null, params LoadProjection[] projections) =>
        new TGuard().Check(new PlanDraft(Some.Decision(from, goal, projections), goal), context ?? Some.PlanContext(from));

    private protected static void Passes(GuardVerdict verdict) => Assert.IsType<GuardVerdict.Pass>(verdict);

    private protected static TReason Blocks<TReason>(GuardVerdict verdict)
        where TReason : GuardReason
    {
        var block = Assert.IsType<GuardVerdict.Block>(verdict);
        Assert.Equal(typeof(TGuard).Name, block.Guard);
        return Assert.IsType<TReason>(block.Reason);
    }

    private protected static void LimitsTo(int goal, GuardVerdict verdict)
    {
        var limit = Assert.IsType<GuardVerdict.Limit>(verdict);
        Assert.Equal((typeof(TGuard).Name, goal), (limit.Guard, limit.Goal));
    }
}
