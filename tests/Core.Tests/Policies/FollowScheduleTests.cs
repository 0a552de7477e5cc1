using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class FollowScheduleTests
{
    private const string Floors = "  floors:\n    - { when: \"Mon-Fri 08:00-18:00\", minimum: 12 }\n";

    private static readonly string Schedule = PolicyTexts.Horizontal.Replace(", whenBlind: 8", ", follow: schedule").Replace("stabilization: 5m", "stabilization: 0s") + Floors;

    [Theory]
    [InlineData("2026-03-02T07:59Z", 3, 3, "the schedule wants 3 instances")]
    [InlineData("2026-03-02T08:00Z", 3, 12, "the schedule wants 12 until 2026-03-02 18:00 +00:00, there are 3")]
    [InlineData("2026-03-02T18:00Z", 12, 3, "the schedule wants 3 instances, there are 12")]
    public void The_count_is_the_minimum_in_force_and_falls_back_when_a_floor_ends(string at, int current, int desired, string reason)
    {
        var policies = PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, Schedule));
        Assert.Empty(policies.Errors);
        var horizontal = policies.HorizontalScaling[0].At(DateTimeOffset.Parse(at));

        var decision = ScalingDecisions.Decide(Some.Context(current, [], horizontal) with { Now = DateTimeOffset.Parse(at), LoadBased = null });

        Assert.Equal((desired, reason), (decision.Desired, ReasonText.Of(decision.Reason)));
    }

    [Fact]
    public void Without_it_nothing_is_lowered_after_a_floor()
    {
        var decision = ScalingDecisions.Decide(Some.Context(12, [], Some.Horizontal(3, 40)) with { LoadBased = null });

        Assert.Equal((12, "no load-based policy applies; only the bounds count"), (decision.Desired, ReasonText.Of(decision.Reason)));
    }

    [Fact]
    public void A_load_based_policy_beside_it_is_refused()
    {
        var errors = PolicyTexts.Errors(PolicyTexts.Join(PolicyTexts.Workload, Schedule, PolicyTexts.LoadBased));

        Assert.Contains("has 'follow: schedule', so no load counts; remove that, or this policy", Assert.Single(errors));
    }

    [Fact]
    public void A_count_for_when_the_load_cannot_be_read_is_refused_beside_it() => Assert.Contains(
        "15:52: 'spec.instances.whenBlind' is for a load that cannot be read, but with 'follow: schedule' none is; remove one of them",
        PolicyTexts.Errors(PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.Horizontal.Replace("whenBlind: 8", "whenBlind: 8, follow: schedule") + Floors)));

    [Fact]
    public void Lint_finds_a_schedule_without_floors_and_nothing_wrong_with_one_that_has_some()
    {
        Assert.Empty(PolicyLint.Check(PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, Schedule))));
        Assert.Equal("fixed-count", Assert.Single(PolicyLint.Check(PolicyTexts.Read(
            PolicyTexts.Join(PolicyTexts.Workload, Schedule.Replace(Floors, ""))))).Rule);
    }
}
