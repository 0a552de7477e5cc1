using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Budgets;

public sealed class BudgetMeasuresTests
{
    private static readonly ObservedTarget Optedin = Some.Target(tags: SomeBudget.Tags((BudgetStep.StopTag, "true"), ("env", "dev")));

    [Theory]
    [InlineData(BudgetPhase.Idle, false)]
    [InlineData(BudgetPhase.Announced, false)]
    [InlineData(BudgetPhase.InGrace, false)]
    [InlineData(BudgetPhase.Active, true)]
    public void Only_what_is_active_is_in_force(BudgetPhase phase, bool isInForce) =>
        Assert.Equal(isInForce, BudgetMeasures.Of([SomeBudget.Standing(phase, SomeBudget.Lower)], Optedin, Some.Noon).Count == 1);

    [Fact]
    public void A_policy_that_observes_changes_nothing()
    {
        var standing = SomeBudget.Standing(BudgetPhase.Active, SomeBudget.Lower, SomeBudget.Stop, SomeBudget.Freeze);

        Assert.Equal(3, BudgetMeasures.Of([standing], Optedin, Some.Noon).Count);
        Assert.Empty(BudgetMeasures.Of([standing with { Policy = standing.Policy with { Mode = PolicyMode.Observe } }], Optedin, Some.Noon));
    }

    [Fact]
    public void Stopping_needs_the_policy_and_the_tag()
    {
        var standing = SomeBudget.Standing(BudgetPhase.Active, SomeBudget.Stop);

        Assert.IsType<BudgetMeasure.StandDown>(Assert.Single(BudgetMeasures.Of([standing], Optedin, Some.Noon)));
        Assert.Empty(BudgetMeasures.Of([standing], Some.Target(tags: SomeBudget.Tags((BudgetStep.StopTag, "false"))), Some.Noon));
        Assert.Empty(BudgetMeasures.Of([standing], Some.Target(), Some.Noon));
        Assert.Empty(BudgetMeasures.Of([standing], Some.Target(tags: new TargetTags.Unknown("503")), Some.Noon));
        Assert.Empty(BudgetMeasures.Of([SomeBudget.Standing(BudgetPhase.Active, SomeBudget.Stop with { Select = new TargetSelector() })], Optedin, Some.Noon));
    }

    [Fact]
    public void What_the_budget_is_not_spent_by_is_left_alone()
    {
        var standing = SomeBudget.Standing(BudgetPhase.Active, SomeBudget.Lower);

        Assert.Empty(BudgetMeasures.Of([standing with { Policy = standing.Policy with { Scope = "/subscriptions/s-10" } }], Optedin, Some.Noon));
        Assert.Empty(BudgetMeasures.Of([standing with { Policy = standing.Policy with { Scope = "/subscriptions/s-1/resourcegroups/sho" } }], Optedin, Some.Noon));
        Assert.Single(BudgetMeasures.Of([standing with { Policy = standing.Policy with { Scope = "/subscriptions/s-1/resourcegroups/shop" } }], Optedin, Some.Noon));
        Assert.Empty(BudgetMeasures.Of([standing with { Policy = standing.Policy with { Tags = new Dictionary<string, IReadOnlyList<string>> { ["env"] = ["prod"] } } }], Optedin, Some.Noon));
        Assert.Single(BudgetMeasures.Of([standing with { Policy = standing.Policy with { Tags = new Dictionary<string, IReadOnlyList<string>> { ["env"] = ["dev", "test"] } } }], Optedin, Some.Noon));
    }

    [Fact]
    public void A_step_is_undone_for_about_its_share_first_and_for_the_same_ones_each_time()
    {
        var standing = SomeBudget.Standing(BudgetPhase.Undoing, SomeBudget.Lower);
        var targets = Enumerable.Range(0, 1_000).Select(number => Some.Target() with { Id = Some.Id($"web-{number}") }).ToList();
        bool IsBack(ObservedTarget target) => BudgetMeasures.Of([standing], target, Some.Noon).Count == 0;

        Assert.InRange(targets.Count(IsBack), 200, 300);
        Assert.Equal(targets.Where(IsBack).Select(target => target.Id), targets.Where(IsBack).Select(target => target.Id));
        Assert.All(targets.Where(IsBack), target => Assert.True(BudgetMeasures.IsFirst(target.Id, 0.5)));
    }

    [Fact]
    public void What_there_was_before_is_remembered_once_and_given_back_until_it_is_there()
    {
        IReadOnlyList<BudgetMeasure> down = [new BudgetMeasure.StandDown("team", "stop")];
        var stopping = Assert.IsType<BudgetMeasure.StandDown>(down[0]);
        Assert.Null(BudgetStand.See(null, down, 6, Some.At(0)));
        var stand = BudgetStand.Take(null, stopping, 6, goal: 2, Some.At(0));
        Assert.Equal(new BudgetStand("team", "stop", 6, Some.At(0)) { Left = 2 }, stand);
        stand = BudgetStand.Take(BudgetStand.See(stand, down, 2, Some.At(1)), stopping, 2, goal: 0, Some.At(2));
        Assert.Equal((6, Some.At(0), (int?)0), (stand.Instances, stand.Since, stand.Left));
        stand = BudgetStand.See(stand, [], 0, Some.At(60))!;
        Assert.Equal(Some.At(60), stand.RestoresSince);
        Assert.NotNull(BudgetStand.See(stand, [], 5, Some.At(61)));
        Assert.Null(BudgetStand.See(stand, [], 6, Some.At(61)));
        Assert.Equal((6, (DateTimeOffset?)null), (BudgetStand.See(stand, down, 3, Some.At(62))!.Instances, BudgetStand.See(stand, down, 3, Some.At(62))!.RestoresSince));

        // What could not be had in a day is not asked for any more; that is remembered for another day, for people to hear of it.
        var givenUp = BudgetStand.See(stand, [], 5, Some.At(60).AddDays(1))!;
        Assert.Equal((6, (DateTimeOffset?)Some.At(60).AddDays(1)), (givenUp.Instances, givenUp.GivenUpAt));
        Assert.Null(BudgetStand.See(givenUp, down, 5, Some.At(61).AddDays(1)));
        Assert.Null(BudgetStand.See(givenUp, [], 5, Some.At(60).AddDays(2)));
    }
}
