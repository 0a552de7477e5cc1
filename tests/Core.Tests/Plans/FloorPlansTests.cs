using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans;

/// <summary>Azure's own autoscale, of 2 to 20 instances, is steered.</summary>
public sealed class FloorPlansTests
{
    private static readonly TargetId Setting = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/microsoft.insights/autoscalesettings/web-auto");

    /// <summary>The worked example of FloorPlans; a floor of 2 is the setting's own.</summary>
    [Theory]
    [InlineData(6, 4, 2, 6)]
    [InlineData(6, 4, 4, 6)]
    [InlineData(8, 10, 10, 8)]
    [InlineData(1, 4, 3, 2)]
    public void Moves_the_floor_to_what_is_wanted(int wanted, int there, int floor, int becomes)
    {
        var plan = Assert.IsType<PlanOutcome.Planned>(Plan(wanted, there, floor)).Plan;

        Assert.Equal((Setting, floor, becomes), (plan.Setting, plan.From, plan.Goal));
    }

    [Theory]
    [InlineData(6, 4, 6, typeof(GuardReason.FloorInForce))]
    [InlineData(5, 4, 6, typeof(GuardReason.FloorInForce))]
    [InlineData(8, 10, 4, typeof(GuardReason.LeftToAutoscale))]
    [InlineData(1, 3, 2, typeof(GuardReason.LeftToAutoscale))]
    public void Writes_nothing_where_the_floor_serves(int wanted, int there, int floor, Type why)
    {
        var held = Assert.IsType<PlanOutcome.Held>(Plan(wanted, there, floor));

        Assert.IsType(why, held.Why.Reason);
        Assert.NotEmpty(OutcomeText.Reason(held));
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(19.9, true)]
    public void Keeps_a_floor_up_while_nothing_else_is_wanted(double minutesLeft, bool isRenewed)
    {
        var outcome = Plan(6, 6, 6, minutesLeft);

        Assert.Equal(isRenewed, outcome is PlanOutcome.Planned { Plan: { IsRenewal: true, From: 6, Goal: 6, Adds: 0 } });
        Assert.Equal(OutcomeText.Case(Plan(6, 6, 6)), OutcomeText.Case(outcome));
    }

    [Fact]
    public void Doubt_a_freeze_and_a_cooldown_let_no_floor_end()
    {
        var context = Context(10, 10, minutesLeft: 5);

        Assert.All(
            (PlanContext[])[
                context with { InventoryDoubt = "a page failed" },
                context with { Target = context.Target with { Tags = new TargetTags.Unknown("no") } },
                context with { History = Some.Changes(new PastChange(Some.At(-1), 8, 10)), Horizontal = Some.Horizontal(scaleIn: new() { Cooldown = Some.Minutes(9) }) },
            ],
            each => Assert.True(Planner.Plan(Some.Decision(10, 5), each) is PlanOutcome.Planned { Plan: { IsRenewal: true, Goal: 10 } }));
    }

    [Fact]
    public void People_an_action_under_way_and_the_mode_do()
    {
        var context = Context(10, 10, minutesLeft: 5);

        Assert.All(
            (PlanContext[])[
                context with { Stop = new WriteStop.KillSwitch("anna", "incident", Some.Noon) },
                context with { Stop = new WriteStop.Pause("anna", "incident", null) },
                context with { Open = new OpenAction(3, 12) },
                context with { Mode = PolicyMode.Observe },
                context with { ModeCeiling = PolicyMode.Observe },
            ],
            each => Assert.IsType<PlanOutcome.Unchanged>(Planner.Plan(Some.Decision(10, 10), each)));
    }

    [Fact]
    public void A_copy_that_is_not_right_any_more_is_made_anew()
    {
        var native = Native(6, 25) with { Minimum = 8, Floor = new SteeredFloor(6, Some.At(25), IsCurrent: false) };
        var context = Context(6, 6) with { Target = Some.Target(6) with { Native = native } };
        var plan = Assert.IsType<PlanOutcome.Planned>(Planner.Plan(Some.Decision(6, 6), context)).Plan;

        Assert.Equal((6, 8, true), (plan.From, plan.Goal, plan.IsRaise));
    }

    [Theory]
    [InlineData(15, 15, false)]
    [InlineData(15, 25, true)]
    [InlineData(19, 19.5, true)]
    [InlineData(0.5, 0.5, false)]
    public void A_floor_that_ends_with_the_profile_of_its_owner_is_not_renewed(double minutesLeft, double toTheChange, bool isRenewed)
    {
        var context = Context(6, 6, minutesLeft);
        var native = (NativeAutoscale.Steerable)context.Target.Native!;
        var outcome = Planner.Plan(Some.Decision(6, 6), context with { Target = context.Target with { Native = native with { NextChange = Some.At(toTheChange) } } });

        Assert.Equal(isRenewed, outcome is PlanOutcome.Planned { Plan.IsRenewal: true });
    }

    /// <summary>Its floor of 6 has just ended; the profile that holds now has a minimum of 3.</summary>
    [Theory]
    [InlineData(6, 6, 6)]
    [InlineData(6, 4, 4)]
    [InlineData(6, 9, 9)]
    [InlineData(6, 2, null)]
    public void A_floor_that_ended_with_a_profile_is_put_on_the_next(int there, int wanted, int? becomes)
    {
        var outcome = Planner.Plan(Some.Decision(there, wanted), Ended(there, minutesAgo: 1));

        Assert.Equal(becomes, (outcome as PlanOutcome.Planned)?.Plan.Goal);
        Assert.Equal(becomes is not null and not 9, outcome is PlanOutcome.Planned { Plan: { IsRenewal: true, From: 3 } });
    }

    [Fact]
    public void A_floor_that_ended_long_ago_or_that_people_stop_is_not_put_back()
    {
        Assert.IsNotType<PlanOutcome.Planned>(Planner.Plan(Some.Decision(6, 6), Ended(6, minutesAgo: 5)));
        Assert.IsNotType<PlanOutcome.Planned>(Planner.Plan(Some.Decision(6, 6), Ended(6, minutesAgo: 1) with { Stop = new WriteStop.KillSwitch("anna", "incident", Some.Noon) }));
        Assert.IsNotType<PlanOutcome.Planned>(Planner.Plan(Some.Decision(6, 6), Ended(6, minutesAgo: 1) with { Mode = PolicyMode.Observe }));
    }

    [Fact]
    public void A_floor_that_has_ended_is_none()
    {
        var plan = Assert.IsType<PlanOutcome.Planned>(Plan(6, 4, 6, minutesLeft: 0)).Plan;

        Assert.Equal((2, 6), (plan.From, plan.Goal));
    }

    [Fact]
    public void An_operation_of_azures_own_autoscale_holds_no_floor_back()
    {
        var context = Context(4, 2);

        Assert.IsType<PlanOutcome.Planned>(Planner.Plan(Some.Decision(4, 6), context with { Target = context.Target with { IsUpdating = true } }));
    }

    [Fact]
    public void Directly_the_count_is_written_whatever_scales_it()
    {
        var plan = Assert.IsType<PlanOutcome.Planned>(Planner.Plan(Some.Decision(4, 6), Context(4, 2) with { Actuator = Actuator.Direct })).Plan;

        Assert.Equal((null, 4, 6), (plan.Setting, plan.From, plan.Goal));
    }

    private static PlanContext Ended(int there, double minutesAgo) => Context(there, 2) with
    {
        Target = Some.Target(there) with { Native = new NativeAutoscale.Steerable(Setting, 3, 20) { Lapsed = new SteeredFloor(6, Some.At(-minutesAgo), IsCurrent: false) } },
    };

    private static PlanOutcome Plan(int wanted, int there, int floor, double minutesLeft = 30) =>
        Planner.Plan(Some.Decision(there, wanted), Context(there, floor, minutesLeft));

    private static PlanContext Context(int there, int floor, double minutesLeft = 30) => Some.PlanContext(there) with
    {
        Actuator = Actuator.Auto,
        Target = Some.Target(there) with { Native = Native(floor, minutesLeft) },
    };

    private static NativeAutoscale.Steerable Native(int floor, double minutesLeft) => new(Setting, 2, 20)
    {
        Floor = floor == 2 ? null : new SteeredFloor(floor, Some.At(minutesLeft), IsCurrent: true),
    };
}
