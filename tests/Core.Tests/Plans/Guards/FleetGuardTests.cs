using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class FleetGuardTests : GuardTests<FleetGuard>
{
    private static readonly PriceList Prices = new("EUR", new DateOnly(2026, 11, 1), [KeyValuePair.Create("Standard_D4s_v5", 0.2m)]);

    [Fact]
    public void Adds_what_there_is_room_for()
    {
        Passes(Check(4, 8, Context(new FleetRoom("platform", 4, 99))));
        LimitsTo(7, Check(4, 8, Context(new FleetRoom("platform", 3, 99))));
        Assert.Equal(
            "the guardrails platform allow 400 instances in all their workloads together; no more may be added here now",
            ReasonText.Of(Blocks<GuardReason.FleetFull>(Check(4, 8, Context(new FleetRoom("platform", 0, 99))))));
    }

    [Fact]
    public void Adds_what_there_is_money_for()
    {
        Passes(Check(4, 8, Context(new FleetRoom("platform", 9, 0.8m))));
        LimitsTo(7, Check(4, 8, Context(new FleetRoom("platform", 9, 0.79m))));
        Assert.Equal(
            "the guardrails platform allow 60 EUR an hour in all their workloads together; 0.1 more may be spent here now, at prices of 2026-11-01",
            ReasonText.Of(Blocks<GuardReason.SpendCapped>(Check(4, 8, Context(new FleetRoom("platform", 9, 0.1m))))));
    }

    [Theory]
    [InlineData(2, 0.6, 6), InlineData(3, 0.4, 6)]
    public void The_smaller_of_both_counts(int instances, double spend, int goal) =>
        LimitsTo(goal, Check(4, 8, Context(new FleetRoom("platform", instances, (decimal)spend))));

    [Fact]
    public void A_cap_that_came_after_the_room_was_dealt_leaves_nothing()
    {
        Blocks<GuardReason.SpendCapped>(Check(4, 8, Context(new FleetRoom("platform", 9, null))));
        Blocks<GuardReason.FleetFull>(Check(4, 8, Context(new FleetRoom("platform", null, 99))));
    }

    [Fact]
    public void Without_word_of_what_is_left_nothing_is_added() => Assert.IsType<GuardVerdict.Block>(Check(4, 8, Context()));

    [Fact]
    public void A_size_without_a_price_is_not_held_back_by_money_and_the_plan_says_so()
    {
        var context = Context(new FleetRoom("platform", 9, 0)) with { Target = Some.Target() with { Sku = "Standard_F2" } };

        var planned = Assert.IsType<PlanOutcome.Planned>(Planner.Plan(Some.Decision(4, 8), context));

        Assert.Equal(8, planned.Plan.Goal);
        Assert.EndsWith(
            "; no price of Standard_F2 is known, so the cap of 60 EUR an hour of the guardrails platform was not judged",
            OutcomeText.Reason(planned), StringComparison.Ordinal);
    }

    [Fact]
    public void Lowering_and_the_way_back_to_the_minimum_are_open()
    {
        Passes(Check(4, 2, Context()));
        var below = Context() with { Horizontal = Some.Horizontal(6) };
        Passes(Check(4, 6, below));
        LimitsTo(6, Check(4, 9, below));
    }

    [Fact]
    public void Of_several_guardrails_the_strictest_counts()
    {
        var both = Context(new FleetRoom("platform", 3, 99), new FleetRoom("team", 1, 99));

        LimitsTo(5, Check(4, 8, both with { Guardrails = [.. both.Guardrails, both.Guardrails[0] with { Name = "team" }] }));
    }

    private static PlanContext Context(params FleetRoom[] rooms) => Some.PlanContext() with
    {
        Guardrails = [new GuardrailsPolicy { Name = "platform", Fleet = new FleetCaps(400, 60), Prices = Prices, Source = Some.Source }],
        Rooms = rooms,
    };
}
