using CsCheck;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class OverrideTests
{
    private const int Cases = 10_000;

    [Fact]
    public void A_minimum_raises_until_it_ends_and_says_who_wanted_it()
    {
        var policy = Some.Horizontal(3, 40).Under(Given(minimum: 12));
        var decision = ScalingDecisions.Decide(Some.Context(4, [Some.Present(60, 4)], policy));

        Assert.Equal(12, decision.Desired);
        Assert.Equal(
            "4 instances is below the floor of 12 until 2026-03-02 14:00 +00:00 (override by ann: incident 4711)", ReasonText.Of(decision.Reason));
        Assert.True(Given(minimum: 12).IsActive(Some.At(119)));
        Assert.False(Given(minimum: 12).IsActive(Some.At(120)));
    }

    [Theory]
    [InlineData(3, 40, null, 12, null, 12, 40)]
    [InlineData(3, 40, null, 2, null, 3, 40)]
    [InlineData(3, 40, null, null, 80, 3, 80)]
    [InlineData(3, 40, 60, null, 80, 3, 60)]
    [InlineData(3, 40, null, null, 10, 3, 10)]
    [InlineData(3, 40, null, null, 2, 3, 3)]
    [InlineData(3, 40, null, 50, null, 40, 40)]
    [InlineData(3, 40, null, 50, 60, 50, 60)]
    [InlineData(3, 40, 45, 50, 60, 45, 45)]
    public void Bounds_become(int minimum, int maximum, int? ceiling, int? least, int? most, int expectedMinimum, int expectedMaximum)
    {
        var policy = (Some.Horizontal(minimum, maximum) with { Ceiling = ceiling }).Under(Given(least, most));

        Assert.Equal((expectedMinimum, expectedMaximum), (policy.Minimum, policy.Maximum));
    }

    [Fact]
    public void Nobody_gets_past_the_guardrails_or_below_the_minimum_of_the_policy() => Gen.Select(
        Gen.Int[1, 60], Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[1, 120].Nullable(), Gen.Int[1, 120].Nullable()).Sample(
        (minimum, more, room, least, most) =>
        {
            var ceiling = minimum + more + room;
            var policy = (Some.Horizontal(minimum, minimum + more) with { Ceiling = ceiling }).Under(Given(least, most));
            return policy.Minimum >= minimum && policy.Maximum <= ceiling && policy.Minimum <= policy.Maximum;
        },
        iter: Cases);

    [Fact]
    public void It_stands_in_the_journal_and_survives_in_the_row()
    {
        var row = new TargetRow { Target = Some.Id() }.SetOverride(Given(12, 80), "ann", "incident 4711", Some.Noon);

        Assert.Equal("minimum 12 and maximum 80 until 2026-03-02 14:00:00Z, by ann: incident 4711", Assert.Single(row.Journal.Outbox).Text);
        var read = System.Text.Json.JsonSerializer.Deserialize(
            System.Text.Json.JsonSerializer.Serialize(row, StateJson.Default.TargetRow), StateJson.Default.TargetRow);
        Assert.Equal(row.Override, read!.Override);
        Assert.Null(row.SetOverride(null, "ann", "over", Some.Noon).Override);
    }

    [Theory]
    [InlineData(null, null, 60, "give a minimum, a maximum, or both")]
    [InlineData(0, null, 60, "the minimum is 0; expected 1 to 1000")]
    [InlineData(null, 1001, 60, "the maximum is 1001; expected 1 to 1000")]
    [InlineData(9, 8, 60, "the minimum of 9 is above the maximum of 8")]
    [InlineData(9, null, 0, "an override lasts at most 30 days; what is needed for longer belongs into the policy")]
    [InlineData(9, null, (30 * 24 * 60) + 1, "an override lasts at most 30 days; what is needed for longer belongs into the policy")]
    [InlineData(9, null, 30 * 24 * 60, null)]
    public void Says_what_is_wrong_with_bounds(int? minimum, int? maximum, int minutes, string? problem) =>
        Assert.Equal(problem, BoundsOverride.Problem(minimum, maximum, Some.Minutes(minutes)));

    private static BoundsOverride Given(int? minimum = null, int? maximum = null) =>
        new("ann", "incident 4711", Some.Noon, Some.At(120), minimum, maximum);
}
