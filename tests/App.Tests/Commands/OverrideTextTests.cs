using ScaleFunctions.App.Commands.Operations;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Tests.Commands;

public sealed class OverrideTextTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(14, 70, 14, 70, "minimum 14 and maximum 70")]
    [InlineData(80, null, 60, 60, "minimum 80 asked, 60 in force: the maximum is 60")]
    [InlineData(null, 200, 4, 100, "maximum 200 asked, 100 in force: guardrails allow no more")]
    [InlineData(2, null, 4, 60, "minimum 2 asked, 4 in force: the policy wants more")]
    [InlineData(null, 2, 4, 4, "maximum 2 asked, 4 in force: the minimum is 4")]
    public void Says_what_was_asked_and_what_holds(int? minimum, int? maximum, int standingMinimum, int standingMaximum, string text) =>
        Assert.Equal(text, OverrideText.Of(Given(minimum, maximum), Row(Noon, standingMinimum, standingMaximum)));

    [Fact]
    public void A_standing_from_before_says_nothing_of_it() =>
        Assert.Equal("minimum 80", OverrideText.Of(Given(80, null), Row(Noon.AddMinutes(-1), 4, 60)));

    [Fact]
    public void Warns_of_a_minimum_above_the_maximum_that_stands()
    {
        Assert.Equal(
            "the maximum was 60 at the last evaluation, so a minimum of 80 holds only up to it; give '--maximum' as well, up to what guardrails allow",
            OverrideText.Warning(Given(80, null), Row(Noon, 4, 60).Standing));
        Assert.Null(OverrideText.Warning(Given(60, null), Row(Noon, 4, 60).Standing));
        Assert.Null(OverrideText.Warning(Given(80, 90), Row(Noon, 4, 60).Standing));
        Assert.Null(OverrideText.Warning(Given(80, null), null));
    }

    private static BoundsOverride Given(int? minimum, int? maximum) => new("ann", "launch", Noon, Noon.AddDays(1), minimum, maximum);

    private static TargetRow Row(DateTimeOffset evaluated, int minimum, int maximum) => new()
    {
        Target = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/web"),
        EvaluatedAt = evaluated,
        Standing = new TargetStanding
        {
            Workload = "shop",
            Mode = PolicyMode.Act,
            Minimum = minimum,
            Maximum = maximum,
            Region = "westeurope",
            Sku = "Standard_D4s_v5",
            Signals = [],
        },
    };
}
