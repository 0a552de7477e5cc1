using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class PlacementGuardTests : GuardTests<PlacementGuard>
{
    [Theory]
    [InlineData("Standard_D4s_v5", "westeurope", true)]
    [InlineData("standard_d*", "WestEurope", true)]
    [InlineData("Standard_E*", "westeurope", false)]
    [InlineData("Standard_D4", "westeurope", false)]
    [InlineData("Standard_D*", "northeurope", false)]
    public void Adds_only_sizes_and_in_regions_that_are_allowed(string sku, string region, bool isAllowed)
    {
        var verdict = Check(4, 6, Context([sku], [region]));

        if (isAllowed)
        {
            Passes(verdict);
        }
        else
        {
            Blocks<GuardReason.NotAllowed>(verdict);
        }
    }

    [Fact]
    public void Says_which_guardrails_and_what_they_do_not_allow()
    {
        Assert.Equal(
            "the guardrails platform allow no instances of the size Standard_D4s_v5 to be added",
            ReasonText.Of(Blocks<GuardReason.NotAllowed>(Check(4, 6, Context(["Standard_E8"], null)))));
        Assert.Equal(
            "the guardrails platform allow no instances in westeurope to be added",
            ReasonText.Of(Blocks<GuardReason.NotAllowed>(Check(4, 6, Context(null, ["northeurope"])))));
    }

    [Fact]
    public void Lowering_and_the_way_back_to_the_minimum_are_open()
    {
        Passes(Check(4, 2, Context(["Standard_E8"], null)));
        Passes(Check(4, 6, Context(["Standard_E8"], null, minimum: 6)));
        LimitsTo(6, Check(4, 9, Context(["Standard_E8"], null, minimum: 6)));
    }

    private static PlanContext Context(IReadOnlyList<string>? skus, IReadOnlyList<string>? regions, int minimum = 1) =>
        Some.PlanContext(4, Some.Horizontal(minimum)) with
        {
            Guardrails = [new GuardrailsPolicy { Name = "platform", Skus = skus, Regions = regions, Source = Some.Source }],
        };
}
