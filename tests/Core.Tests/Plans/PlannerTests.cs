using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Plans.Guards;

namespace ScaleFunctions.Core.Tests.Plans;

public sealed class PlannerTests
{
    private static readonly DirectionBehavior TwoAMinute = new() { AtMost = new RateLimit { Instances = 2 } };

    private static readonly DirectionBehavior TenMinutes = new() { Cooldown = Some.Minutes(10) };

    private static readonly HorizontalScalingPolicy TwoADay = Some.Horizontal() with { MaxActionsPerDay = 2 };

    private static readonly CapacityOwner Aks = new(OwnerKind.Service, "AKS", "the tag aks-managed-poolName");

    private static readonly Preflight Locked = new() { Lock = new ResourceLock("l", "/subscriptions/s-1", LockLevel.ReadOnly) };

    private static readonly SizeOffer Size = new("Standard_D4s_v5", "standardDSv5Family", 4);

    private static readonly GuardrailsPolicy Platform = new() { Name = "platform", Source = Some.Source };

    private static readonly Freeze Freeze = new()
    {
        When = new ZonedWindow(new TimeWindow.Once(new(2026, 3, 1, 0, 0), new(2026, 3, 3, 0, 0)), NodaTime.DateTimeZone.Utc),
        Reason = "release",
        Calendar = "platform",
        Source = Some.Source,
    };

    /// <summary>For each guard: a change that must not happen, and what would happen without the guard.</summary>
    public static TheoryData<string, string> Scenarios { get; } = new()
    {
        { nameof(StopGuard), "raise under the kill switch" },
        { nameof(StopGuard), "raise when the kill switch is unreadable" },
        { nameof(StopGuard), "lowering of a paused target" },
        { nameof(QuarantineGuard), "raise of a target in quarantine" },
        { nameof(QuarantineGuard), "lowering of a target in quarantine" },
        { nameof(HoldGuard), "raise again after one was taken back" },
        { nameof(HoldGuard), "lowering again after one was taken back" },
        { nameof(OwnershipGuard), "raise of what somebody else scales" },
        { nameof(OwnershipGuard), "raise when the owner is not known" },
        { nameof(OwnershipGuard), "lowering of what somebody else scales" },
        { nameof(LockGuard), "raise of what is locked" },
        { nameof(LockGuard), "lowering of what is locked" },
        { nameof(ChangeCalendarGuard), "lowering in a freeze" },
        { nameof(ChangeCalendarGuard), "raise when everything is frozen" },
        { nameof(InFlightGuard), "raise during an action" },
        { nameof(ForeignOperationGuard), "raise during a foreign operation" },
        { nameof(ProtectionGuard), "lowering past instances that are protected" },
        { nameof(ProtectionGuard), "lowering when nobody knows what is protected" },
        { nameof(RollOutGuard), "lowering while a size is brought to the instances" },
        { nameof(PlausibilityGuard), "raise from a collapsed capacity" },
        { nameof(DoubtGuard), "lowering on a partial inventory" },
        { nameof(DoubtGuard), "lowering with unknown tags" },
        { nameof(ActuatorGuard), "raise beside autoscale that cannot be steered" },
        { nameof(ActuatorGuard), "lowering when nobody knows of autoscale" },
        { nameof(CooldownGuard), "lowering soon after a raise" },
        { nameof(ActionsGuard), "raise when the day's changes are used up" },
        { nameof(ActionsGuard), "lowering when half of the day's changes were lowerings" },
        { nameof(RateGuard), "large raise" },
        { nameof(FlappingGuard), "lowering that would flap" },
        { nameof(BoundsGuard), "raise past the maximum" },
        { nameof(BoundsGuard), "lowering past the minimum" },
        { nameof(BoundsGuard), "raise past what Azure allows" },
        { nameof(BoundsGuard), "lowering past what Azure allows" },
        { nameof(PlacementGuard), "raise of a size that is not allowed" },
        { nameof(PlacementGuard), "raise in a region that is not allowed" },
        { nameof(QuotaGuard), "raise past the quota" },
        { nameof(QuotaGuard), "raise of a size that is not to be had" },
        { nameof(ShortageGuard), "raise of a size that another target was just refused" },
        { nameof(PermissionGuard), "raise that no role allows" },
        { nameof(PermissionGuard), "lowering that no role allows" },
        { nameof(RefusalGuard), "raise that Azure has just refused" },
        { nameof(RefusalGuard), "lowering that Azure has just refused" },
        { nameof(FleetGuard), "raise past the cap of the fleet" },
        { nameof(FleetGuard), "raise past what the fleet may cost" },
        { nameof(BudgetFreezeGuard), "raise while a budget freezes scale-out" },
        { nameof(StepsGuard), "raise to what is not sold" },
        { nameof(DeclaredKindGuard), "raise of a declared kind that no guardrails list" },
        { nameof(ModeGuard), "raise of an observed workload" },
        { nameof(ModeGuard), "raise by an observing installation" },
    };

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Each_guard_is_needed(string guard, string scenario)
    {
        var (decision, context, allowed) = Scenario(scenario);
        var without = PlanGuards.All.Where(each => each.GetType().Name != guard).ToList();

        Assert.Equal(allowed, Goal(Planner.Plan(decision, context)));
        Assert.Equal(decision.Desired, Goal(Planner.Plan(decision, context, without)));
    }

    [Fact]
    public void Every_guard_has_a_scenario() => Assert.Equal(
        PlanGuards.All.Select(guard => guard.GetType().Name).Order(),
        Scenarios.Select(row => row.Data.Item1).Distinct().Order());

    [Fact]
    public void A_decision_that_changes_nothing_is_no_plan() =>
        Assert.IsType<PlanOutcome.Unchanged>(Planner.Plan(Some.Decision(4, 4), Some.PlanContext()));

    [Fact]
    public void A_plan_says_what_it_rests_on_and_when_it_is_void()
    {
        var plan = Assert.IsType<PlanOutcome.Planned>(Planner.Plan(Some.Decision(4, 6), Some.PlanContext())).Plan;

        Assert.Equal((Some.Id(), 4, 6, Some.At(2)), (plan.Target, plan.From, plan.Goal, plan.ExpiresAt));
        Assert.True(plan.IsRaise);
        Assert.Empty(plan.Limits);
    }

    [Fact]
    public void A_plan_names_the_guards_that_made_it_smaller()
    {
        var context = Some.PlanContext(10, Some.Horizontal(minimum: 9, scaleIn: TwoAMinute));
        var plan = Assert.IsType<PlanOutcome.Planned>(
            Planner.Plan(Some.Decision(10, 2, new LoadProjection("cpu", 500, 66)), context)).Plan;

        Assert.Equal(9, plan.Goal);
        Assert.Equal([nameof(RateGuard), nameof(BoundsGuard)], plan.Limits.Select(limit => limit.Guard));
    }

    [Fact]
    public void A_person_who_stopped_writes_is_what_is_told_first()
    {
        var context = Some.PlanContext() with { Stop = new WriteStop.KillSwitch("ann", "", null), Mode = PolicyMode.Observe, Open = new(1, 2) };

        Assert.Equal(nameof(StopGuard), Assert.IsType<PlanOutcome.Held>(Planner.Plan(Some.Decision(4, 6), context)).Why.Guard);
    }

    [Fact]
    public void Observe_mode_tells_what_acting_would_have_written()
    {
        var context = Some.PlanContext(horizontal: Some.Horizontal(scaleOut: TwoAMinute)) with { Mode = PolicyMode.Observe };

        Assert.Equal(6, Assert.IsType<PlanOutcome.Held>(Planner.Plan(Some.Decision(4, 10), context)).Goal);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(3)]
    [InlineData(9)]
    public void A_guard_that_does_not_make_the_change_smaller_is_a_bug(int goal) => Assert.Throws<InvalidOperationException>(
        () => Planner.Plan(Some.Decision(4, 6), Some.PlanContext(), [new LimitTo(goal)]));

    private static int? Goal(PlanOutcome outcome) => outcome is PlanOutcome.Planned planned ? planned.Plan.Goal : null;

    internal static (ScalingDecision Decision, PlanContext Context, int? Allowed) Scenario(string name)
    {
        var calm = Some.PlanContext();
        var (raise, lowering) = (Some.Decision(4, 8), Some.Decision(4, 2));
        return name switch
        {
            "raise while a budget freezes scale-out" => (raise, calm with { BudgetFreeze = new BudgetFreeze("team", "freeze", 2, IsCritical: false, Need: null) }, null),
            "raise to what is not sold" => (Some.Decision(4, 7), calm with { Declared = StepsGuardTests.Kind([4, 6, 8]), Guardrails = [Platform with { ResourceKinds = ["sql-database"] }] }, 6),
            "raise of a declared kind that no guardrails list" => (raise, calm with { Declared = StepsGuardTests.Kind([]), Guardrails = [Platform] }, null),
            "raise under the kill switch" => (raise, calm with { Stop = new WriteStop.KillSwitch("ann", "", null) }, null),
            "raise when the kill switch is unreadable" => (raise, calm with { Stop = new WriteStop.KillSwitchUnreadable() }, null),
            "lowering of a paused target" => (lowering, calm with { Stop = new WriteStop.Pause("ann", "", null) }, null),
            "raise of a target in quarantine" => (raise, calm with { Quarantine = QuarantineGuardTests.Quarantine }, null),
            "lowering of a target in quarantine" => (lowering, calm with { Quarantine = QuarantineGuardTests.Quarantine }, null),
            "raise again after one was taken back" => (raise, calm with { Hold = new DirectionHold(OfRaises: true, 1, "ann", "", Some.At(1)) }, null),
            "lowering again after one was taken back" => (lowering, calm with { Hold = new DirectionHold(OfRaises: false, 1, "ann", "", Some.At(1)) }, null),
            "raise of what somebody else scales" => (raise, calm with { Target = Some.Target() with { Owner = Aks } }, null),
            "raise when the owner is not known" => (raise, calm with { Target = Some.Target() with { Owner = CapacityOwner.Unknown("403") } }, null),
            "lowering of what somebody else scales" => (lowering, calm with { Owner = Aks }, null),
            "raise of what is locked" => (raise, calm with { Preflight = Locked }, null),
            "lowering of what is locked" => (lowering, calm with { Preflight = Locked }, null),
            "raise past the quota" => (raise, calm with { Preflight = new Preflight { Size = Size, Quotas = [new QuotaUsage("cores", 90, 100)] } }, 6),
            "raise of a size that is not to be had" => (raise, calm with { Preflight = new Preflight { Size = Size with { WhyNot = "QuotaId" } } }, null),
            "raise of a size that another target was just refused" => (raise, calm with { Shortages = [Guards.ShortageGuardTests.Shortage()] }, null),
            "raise that no role allows" => (raise, calm with { Preflight = new Preflight { Denied = "x/write" } }, null),
            "lowering that no role allows" => (lowering, calm with { Preflight = new Preflight { Denied = "x/write" } }, null),
            "raise that Azure has just refused" => (raise, calm with { Preflight = new Preflight { IsRead = true }, Refused = RefusalGuardTests.Refusal(8), Grounds = RefusalGuardTests.Refusal(8).Grounds }, null),
            "lowering that Azure has just refused" => (lowering, calm with { Preflight = new Preflight { IsRead = true }, Refused = RefusalGuardTests.Refusal(2), Grounds = RefusalGuardTests.Refusal(2).Grounds }, null),
            "lowering in a freeze" => (lowering, calm with { Freezes = [Freeze] }, null),
            "raise beside autoscale that cannot be steered" => (
                raise, calm with { Actuator = Actuator.Auto, Target = Some.Target() with { Native = new NativeAutoscale.Unsteerable(Some.Id("setting"), "full") } }, null),
            "lowering when nobody knows of autoscale" => (
                lowering, calm with { Actuator = Actuator.Auto, Target = Some.Target() with { Native = new NativeAutoscale.Unread("HTTP 403") } }, null),
            "raise when everything is frozen" => (raise, calm with { Freezes = [Freeze with { Holds = FreezeScope.Everything }] }, null),
            "raise when the day's changes are used up" => (
                raise, Some.PlanContext(4, TwoADay) with { History = Some.Changes(new(Some.At(-900), 2, 3), new PastChange(Some.At(-800), 3, 4)) }, null),
            "lowering when half of the day's changes were lowerings" => (
                lowering, Some.PlanContext(4, TwoADay) with { History = Some.Changes(new PastChange(Some.At(-900), 5, 4)) }, null),
            "raise during an action" => (raise, calm with { Open = new OpenAction(1, 6) }, null),
            "lowering past instances that are protected" => (
                lowering, calm with { Preflight = new Preflight { Least = new FactReading<PlatformBound>.Known(new PlatformBound(3, "a set"), Some.Noon) } }, 3),
            "lowering when nobody knows what is protected" => (lowering, calm with { Preflight = new Preflight { Least = new FactReading<PlatformBound>.Unknown("403") } }, null),
            "lowering while a size is brought to the instances" => (lowering, calm with { RollsOut = "Standard_D2s_v5" }, null),
            "raise during a foreign operation" => (raise, calm with { Target = Some.Target(isUpdating: true) }, null),
            "raise from a collapsed capacity" => (raise, calm with { Reporting = 200 }, null),
            "lowering on a partial inventory" => (lowering, calm with { InventoryDoubt = "page 2" }, null),
            "lowering with unknown tags" => (lowering, calm with { Target = Some.Target(tags: new TargetTags.Unknown("")) }, null),
            "lowering soon after a raise" => (
                lowering,
                Some.PlanContext(4, Some.Horizontal(scaleOut: TenMinutes)) with { History = Some.Changes(new PastChange(Some.At(-5), 3, 4)) },
                null),
            "large raise" => (raise, Some.PlanContext(4, Some.Horizontal(scaleOut: TwoAMinute)), 6),
            "lowering that would flap" => (Some.Decision(4, 2, new LoadProjection("cpu", 190, 66)), calm, 3),
            "raise past the maximum" => (raise, Some.PlanContext(4, Some.Horizontal(maximum: 5)), 5),
            "lowering past the minimum" => (lowering, Some.PlanContext(4, Some.Horizontal(minimum: 3)), 3),
            "raise past what Azure allows" => (raise, calm with { Target = Some.Target() with { Most = new PlatformBound(6, "a plan") } }, 6),
            "lowering past what Azure allows" => (lowering, calm with { Target = Some.Target() with { Least = new PlatformBound(3, "a plan") } }, 3),
            "raise of a size that is not allowed" => (raise, calm with { Guardrails = [Platform with { Skus = ["Standard_E*"] }] }, null),
            "raise in a region that is not allowed" => (raise, calm with { Guardrails = [Platform with { Regions = ["northeurope"] }] }, null),
            "raise past the cap of the fleet" => (
                raise, calm with { Guardrails = [Platform with { Fleet = new FleetCaps(9, null) }], Rooms = [new FleetRoom("platform", 1, null)] }, 5),
            "raise past what the fleet may cost" => (
                raise,
                calm with
                {
                    Guardrails = [Platform with { Fleet = new FleetCaps(null, 9), Prices = new PriceList("EUR", default, [KeyValuePair.Create("Standard_*", 0.5m)]) }],
                    Rooms = [new FleetRoom("platform", null, 1.2m)],
                },
                6),
            "raise of an observed workload" => (raise, calm with { Mode = PolicyMode.Observe }, null),
            "raise by an observing installation" => (raise, calm with { ModeCeiling = PolicyMode.Observe }, null),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }

    private sealed class LimitTo(int goal) : IPlanGuard
    {
        public GuardVerdict Check(PlanDraft draft, PlanContext context) =>
            new GuardVerdict.Limit(nameof(LimitTo), goal, new GuardReason.ForeignOperation());
    }
}
