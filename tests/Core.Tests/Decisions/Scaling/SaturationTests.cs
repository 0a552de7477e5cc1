using CsCheck;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Policies;

namespace ScaleFunctions.Core.Tests.Decisions.Scaling;

/// <summary>A signal at the end of its scale hides how much is wanted.</summary>
public sealed class SaturationTests
{
    [Theory]
    [InlineData(10, 10, 97, 12)]
    [InlineData(10, 10, 98, 20)]
    [InlineData(10, 10, 100, 20)]
    [InlineData(12, 10, 100, 12)]
    [InlineData(20, 20, 100, 40)]
    public void Doubles_once_every_instance_reports(int current, double reporting, double cpu, int desired) =>
        Assert.Equal(desired, Decide(current, reporting, cpu, saturatedAt: 98).Desired);

    [Fact]
    public void Says_why_and_leaves_signals_without_an_end_alone()
    {
        Assert.Equal("all 10 instances report cpu 100, and from 98 it hides how much is wanted; a jump to 20", ReasonText.Of(Decide(10, 10, 100, 98).Reason));
        Assert.Equal(12, Decide(10, 10, 100, saturatedAt: null).Desired);
    }

    [Fact]
    public void A_percentage_ends_at_98_unless_the_policy_says_otherwise()
    {
        Assert.Equal(98, PolicyTexts.Read(PolicyTexts.All).LoadBasedScaling[0].Signals[0].SaturatedAt);
        Assert.Equal(90, PolicyTexts.Read(PolicyTexts.All.Replace("window: 3m", "saturatedAt: 90, window: 3m")).LoadBasedScaling[0].Signals[0].SaturatedAt);
        Assert.Null(PolicyTexts.Read(PolicyTexts.All.Replace("Percentage CPU", "Requests")).LoadBasedScaling[0].Signals[0].SaturatedAt);
    }

    /// <summary>It only ever asks for more than would be asked without it, and at most for twice what there is.</summary>
    [Fact]
    public void A_jump_never_lowers_and_at_most_doubles() => Gen.Select(Gen.Int[1, 60], Gen.Int[0, 60], Gen.Double[0, 130], Gen.Double[1, 120]).Sample(
        (current, reporting, cpu, saturatedAt) =>
        {
            var (with, without) = (Decide(current, reporting, cpu, saturatedAt).Desired, Decide(current, reporting, cpu, null).Desired);
            return with == without || (with > without && without > current && with <= 2 * current && reporting >= current);
        },
        iter: 10_000);

    private static ScalingDecision Decide(int current, double reporting, double cpu, double? saturatedAt) => ScalingDecisions.Decide(Some.Context(
        current, [Some.Present(cpu, reporting)], Some.Horizontal(maximum: 1000),
        Some.LoadBased([Some.Tracking(85)], [Some.Signal() with { SaturatedAt = saturatedAt }])));
}
