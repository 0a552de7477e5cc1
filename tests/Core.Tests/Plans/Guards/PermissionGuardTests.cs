using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class PermissionGuardTests : GuardTests<PermissionGuard>
{
    [Theory]
    [InlineData(8), InlineData(2)]
    public void Holds_every_change_that_no_role_allows(int goal)
    {
        var context = Some.PlanContext() with { Preflight = new Preflight { Denied = "Microsoft.Compute/virtualMachineScaleSets/write" } };

        Assert.Equal(
            "the identity that writes has no role that allows Microsoft.Compute/virtualMachineScaleSets/write here",
            ReasonText.Of(Blocks<GuardReason.MayNotWrite>(Check(4, goal, context))));
    }

    /// <summary>What is stopped because it is idle must be known to start again; nothing else waits for that, and no raise.</summary>
    [Theory]
    [InlineData(2, true, true)]
    [InlineData(2, false, false)]
    [InlineData(8, true, false)]
    public void Holds_a_lowering_that_needs_a_proof_nobody_could_read(int goal, bool needsProof, bool isHeld)
    {
        var context = Some.PlanContext() with { NeedsProof = needsProof, Preflight = new Preflight { IsRead = true, Unproven = "its locks" } };
        var verdict = Check(4, goal, context);
        if (isHeld)
        {
            Assert.Equal("it is stopped only where it is known that it can be started again, and its locks could not be read", ReasonText.Of(Blocks<GuardReason.NotProven>(verdict)));
        }
        else
        {
            Passes(verdict);
        }
    }

    [Fact]
    public void Holds_nothing_while_it_is_not_known_what_is_allowed() => Passes(Check(4, 8));
}
