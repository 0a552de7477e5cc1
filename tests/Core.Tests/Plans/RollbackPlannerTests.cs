using CsCheck;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Invariants;

namespace ScaleFunctions.Core.Tests.Plans;

public sealed class RollbackPlannerTests
{
    private const int Cases = 10_000;

    [Fact]
    public void A_cooldown_or_flapping_warns_and_holds_nobody()
    {
        var context = Some.PlanContext(6, Some.Horizontal(scaleOut: new() { Cooldown = Some.Minutes(10) })) with
        {
            History = Some.Changes(new PastChange(Some.At(-2), 4, 6)),
        };

        var (outcome, warnings) = RollbackPlanner.Plan(Some.Decision(6, 4, new LoadProjection("cpu", 400, 66)), context);

        Assert.Equal(4, Assert.IsType<PlanOutcome.Planned>(outcome).Plan.Goal);
        Assert.Equal([typeof(GuardReason.CoolingDown), typeof(GuardReason.WouldFlap)], warnings.Select(warning => warning.GetType()));
        Assert.Equal(warnings, ((PlanOutcome.Planned)outcome).Plan.Notes);
    }

    [Fact]
    public void Where_nothing_stands_against_it_nothing_is_warned_of() =>
        Assert.Empty(RollbackPlanner.Plan(Some.Decision(4, 6), Some.PlanContext()).Warnings);

    /// <summary>Whatever is not a matter of wisdom holds a person as it holds us.</summary>
    [Theory]
    [MemberData(nameof(PlannerTests.Scenarios), MemberType = typeof(PlannerTests))]
    public void What_holds_everybody_holds_a_person(string guard, string scenario)
    {
        var (decision, context, allowed) = PlannerTests.Scenario(scenario);

        var (outcome, warnings) = RollbackPlanner.Plan(decision, context);

        if (PlanGuards.OfRollbacks.Any(each => each.GetType().Name == guard))
        {
            Assert.Equal(allowed, (outcome as PlanOutcome.Planned)?.Plan.Goal);
        }
        else
        {
            Assert.Equal(decision.Desired, Assert.IsType<PlanOutcome.Planned>(outcome).Plan.Goal);
            Assert.Equal(guard == nameof(HoldGuard) ? 0 : 1, warnings.Count);
        }
    }

    /// <summary>Invariant 29: a person is bounded as we are, by bounds and by rate.</summary>
    [Fact]
    public void Invariant_29_a_person_goes_no_further_than_before_the_bounds_and_the_rate() => Gen.Select(Chaos.Any, Gen.Int[0, 60]).Sample(
        (situation, before) =>
        {
            var context = situation.Evaluate().Context;
            var (from, low, high) = (situation.Capacity, situation.Horizontal.Minimum, situation.Horizontal.Maximum);
            if (RollbackPlanner.Plan(Some.Decision(from, before), context).Outcome is not PlanOutcome.Planned { Plan.Goal: var goal })
            {
                return true;
            }

            var limit = goal > from ? situation.Horizontal.ScaleOut.AtMost : situation.Horizontal.ScaleIn.AtMost;
            var isWithinRate = limit is null || Math.Abs((long)goal - from) <= limit.Allowed(Math.Max(from, Peak(situation, limit.Per))) || (goal > from && goal <= low);
            return goal >= Math.Min(from, before) && goal <= Math.Max(from, before)
                && (goal > from ? goal <= high : goal >= low)
                && (goal > from || !(situation.IsInventoryPartial || situation.AreTagsUnknown))
                && isWithinRate;
        },
        iter: Cases);

    private static int Peak(Situation situation, TimeSpan per) => situation.History.Changes
        .Where(change => change.At > Some.Noon - per).Select(change => Math.Max(change.From, change.To)).DefaultIfEmpty(0).Max();
}
