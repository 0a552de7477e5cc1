using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class ModeGuardTests : GuardTests<ModeGuard>
{
    [Fact]
    public void Passes_when_workload_and_installation_act() => Passes(Check(4, 6));

    [Theory]
    [InlineData(PolicyMode.Observe, PolicyMode.Act, false)]
    [InlineData(PolicyMode.Act, PolicyMode.Observe, true)]
    [InlineData(PolicyMode.Observe, PolicyMode.Observe, true)]
    public void Blocks_when_either_only_observes(PolicyMode workload, PolicyMode installation, bool isInstallation) => Assert.Equal(
        new GuardReason.ObserveOnly(isInstallation),
        Blocks<GuardReason.ObserveOnly>(
            Check(4, 6, Some.PlanContext() with { Mode = workload, ModeCeiling = installation })));
}
