using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class ForeignOperationGuardTests : GuardTests<ForeignOperationGuard>
{
    [Fact]
    public void Passes_when_nothing_runs_on_the_resource() => Passes(Check(4, 6));

    [Theory]
    [InlineData(6)]
    [InlineData(2)]
    public void Waits_for_an_operation_on_the_resource(int goal) => Blocks<GuardReason.ForeignOperation>(
        Check(4, goal, Some.PlanContext() with { Target = Some.Target(isUpdating: true) }));
}
