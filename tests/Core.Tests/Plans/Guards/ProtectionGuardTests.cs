using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class ProtectionGuardTests : GuardTests<ProtectionGuard>
{
    [Fact]
    public void A_lowering_ends_at_what_is_protected() => LimitsTo(3, Check(6, 2, Protected(3)));

    [Theory]
    [InlineData(4), InlineData(5)]
    public void Nothing_is_lowered_where_as_many_are_protected_as_there_are(int kept) => Assert.Equal(
        $"protected from scale-in: {kept} instances",
        ReasonText.Of(Blocks<GuardReason.Protected>(Check(4, 2, Protected(kept)))));

    [Fact]
    public void Nothing_is_lowered_where_nobody_knows() => Assert.Equal(
        "whether instances are protected from scale-in could not be read (403)",
        ReasonText.Of(Blocks<GuardReason.ProtectionUnknown>(Check(4, 2, With(new FactReading<PlatformBound>.Unknown("403"))))));

    [Fact]
    public void Holds_no_raise()
    {
        Passes(Check(4, 8, Protected(6)));
        Passes(Check(4, 8, With(new FactReading<PlatformBound>.Unknown("403"))));
    }

    [Theory]
    [InlineData(2), InlineData(0)]
    public void Passes_what_leaves_enough(int kept) => Passes(Check(4, 2, Protected(kept)));

    [Fact]
    public void Passes_where_nobody_looked() => Passes(Check(4, 2));

    private static PlanContext Protected(int kept) => With(new FactReading<PlatformBound>.Known(new PlatformBound(kept, "a set with some protected"), Some.Noon));

    private static PlanContext With(FactReading<PlatformBound> least) => Some.PlanContext() with { Preflight = new Preflight { Least = least } };
}
