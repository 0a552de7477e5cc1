using CsCheck;
using NodaTime;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

/// <summary>Each guard of sizes: what it holds, and the nearest that it lets pass.</summary>
public sealed class SizeGuardTests
{
    private static readonly PlanContext Fine = SomeSizes.PlanContext();

    private static readonly PlanOutcome Count = new PlanOutcome.Unchanged(Some.Decision(4, 4));

    [Fact]
    public void Sizes_that_guardrails_do_not_list_are_not_given()
    {
        Held<SizePlacementGuard, GuardReason.NotAllowed>(SomeSizes.Up, Fine with { Guardrails = [Guardrails() with { Skus = ["Standard_D4*", "Standard_D2*"] }] });
        Passes<SizePlacementGuard>(SomeSizes.Down, Fine with { Guardrails = [Guardrails() with { Skus = ["Standard_D4*", "Standard_D2*"] }] });
    }

    [Fact]
    public void Where_azure_scales_or_nobody_knows_the_size_stays()
    {
        var setting = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/microsoft.insights/autoscalesettings/web-auto");
        Held<SizeActuatorGuard, GuardReason.AutoscaleIsOn>(SomeSizes.Down, Fine with { Target = Fine.Target with { Native = new NativeAutoscale.Steerable(setting, 2, 20) } });
        Held<SizeActuatorGuard, GuardReason.AutoscaleUnknown>(SomeSizes.Up, Fine with { Target = Fine.Target with { Native = new NativeAutoscale.Unread("403") } });
        Passes<SizeActuatorGuard>(SomeSizes.Down, Fine);
    }

    [Fact]
    public void A_size_rests_after_a_change()
    {
        var changed = new SizeHistory().Add(new PastSize(Some.At(-60), SomeSizes.Big, SomeSizes.Middle, IsUndo: false));
        Held<SizeRestGuard, GuardReason.SizeRests>(SomeSizes.Up, Fine with { SizeHistory = changed });
        Passes<SizeRestGuard>(SomeSizes.Up, Fine with { SizeHistory = changed, Now = Some.At(-60).AddDays(1) });
    }

    [Fact]
    public void One_that_did_not_do_is_left_alone_each_time_for_twice_as_long()
    {
        var once = SizeHistory.Empty.Shun(SomeSizes.Small, "bad", Some.Noon);
        var twice = once.Shun(SomeSizes.Small.ToUpperInvariant(), "bad", Some.Noon);
        Held<SizeRestGuard, GuardReason.SizeQuarantined>(SomeSizes.Down, Fine with { SizeHistory = once });
        Passes<SizeRestGuard>(SomeSizes.Up, Fine with { SizeHistory = once });
        Passes<SizeRestGuard>(SomeSizes.Down, Fine with { SizeHistory = once, Now = Some.Noon.AddDays(1) });
        Held<SizeRestGuard, GuardReason.SizeQuarantined>(SomeSizes.Down, Fine with { SizeHistory = twice, Now = Some.Noon.AddDays(1) });
        Passes<SizeRestGuard>(SomeSizes.Down, Fine with { SizeHistory = twice, Now = Some.Noon.AddDays(2) });
        Passes<SizeRestGuard>(SomeSizes.Down, Fine with { SizeHistory = twice.Trust(SomeSizes.Small) });
        Assert.Equal(Some.Noon.AddDays(32), Enumerable.Range(0, 40).Aggregate(once, (history, _) => history.Shun(SomeSizes.Small, "bad", Some.Noon)).Of(SomeSizes.Small)!.Until);
    }

    [Fact]
    public void While_one_is_rolled_out_no_other_begins_and_nothing_is_taken_away()
    {
        Held<SizeRestGuard, GuardReason.RollOutUnderWay>(SomeSizes.Up, Fine with { RollsOut = SomeSizes.Middle });
        var rolling = Some.PlanContext() with { RollsOut = SomeSizes.Small };
        Assert.IsType<GuardVerdict.Block>(new RollOutGuard().Check(new PlanDraft(Some.Decision(4, 3), 3), rolling));
        Assert.IsType<GuardVerdict.Pass>(new RollOutGuard().Check(new PlanDraft(Some.Decision(4, 6), 6), rolling));
        Assert.IsType<GuardVerdict.Pass>(new RollOutGuard().Check(new PlanDraft(Some.Decision(4, 3), 3), Some.PlanContext()));
    }

    [Fact]
    public void Sizes_wait_for_their_window()
    {
        var night = new ZonedWindow(new TimeWindow.Weekly([.. Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)], new LocalTime(1, 0), new LocalTime(5, 0)) { Text = "01:00-05:00" }, DateTimeZone.Utc);
        var (both, down) = (Fine with { Vertical = Fine.Vertical! with { Window = new SizeWindow(night, HoldsUp: true) } }, Fine with { Vertical = Fine.Vertical with { Window = new SizeWindow(night, HoldsUp: false) } });
        Held<SizeWindowGuard, GuardReason.OutsideWindow>(SomeSizes.Down, both);
        Held<SizeWindowGuard, GuardReason.OutsideWindow>(SomeSizes.Up, both);
        Held<SizeWindowGuard, GuardReason.OutsideWindow>(SomeSizes.Down, down);
        Passes<SizeWindowGuard>(SomeSizes.Up, down);
        Passes<SizeWindowGuard>(SomeSizes.Down, both with { Now = new DateTimeOffset(2026, 3, 3, 4, 59, 0, TimeSpan.Zero) });
    }

    /// <summary>From 4 × 4 to 4 × 8 cores of the same family 16 are added; of another family all 32 are.</summary>
    [Fact]
    public void The_quota_has_room_for_what_is_added()
    {
        var other = SomeSizes.Up with { To = new SizeOffer("Standard_F8s_v2", "standardFSv2Family", 8) };
        Passes<SizeQuotaGuard>(SomeSizes.Up, Quota("standardDSv5Family", 84));
        Held<SizeQuotaGuard, GuardReason.QuotaReached>(SomeSizes.Up, Quota("standardDSv5Family", 85));
        Held<SizeQuotaGuard, GuardReason.QuotaReached>(SomeSizes.Up, Quota("cores", 85));
        Passes<SizeQuotaGuard>(other, Quota("standardFSv2Family", 68));
        Held<SizeQuotaGuard, GuardReason.QuotaReached>(other, Quota("standardFSv2Family", 69));
        Passes<SizeQuotaGuard>(SomeSizes.Down, Quota("cores", 100));
        Held<SizeQuotaGuard, GuardReason.SizeRestricted>(SomeSizes.Down with { To = SomeSizes.Down.To with { WhyNot = "NotAvailableForSubscription" } }, Fine);

        static PlanContext Quota(string name, int used) => Fine with { Preflight = new Preflight { SizeQuotas = [new QuotaUsage(name, used, 100)] } };
    }

    [Fact]
    public void No_size_is_asked_for_that_azure_has_just_had_none_of()
    {
        var place = new SizeShortage
        {
            Subscription = Fine.Target.Id.Subscription,
            Region = Fine.Target.Region,
            Sku = SomeSizes.Big,
            Pool = SizeShortage.PoolOf(Fine.Target),
            IsQuota = false,
            Code = "AllocationFailed",
            Message = "no room",
            Times = 1,
            Since = Fine.Now,
            At = Fine.Now,
        };
        Held<ShortageGuard, GuardReason.RunShort>(SomeSizes.Up, Fine with { Shortages = [place] });
        Held<ShortageGuard, GuardReason.RunShort>(SomeSizes.Down, Fine with { Shortages = [place with { Sku = SomeSizes.Small }] });
        Passes<ShortageGuard>(SomeSizes.Down, Fine with { Shortages = [place, place with { Sku = SomeSizes.Middle }] });
        Held<WayBackGuard, GuardReason.NoWayBack>(SomeSizes.Down, Fine with { Shortages = [place with { Sku = SomeSizes.Middle }] });
        Passes<WayBackGuard>(SomeSizes.Up, Fine with { Shortages = [place with { Sku = SomeSizes.Middle }] });
        Passes<ShortageGuard>(SomeSizes.Up, Fine with { Shortages = [place], Now = place.Until });
    }

    [Fact]
    public void A_frozen_budget_gives_no_bigger_size_but_to_what_is_critical()
    {
        var frozen = new BudgetFreeze("team", "freeze", 2, IsCritical: false, Need: 9);
        Held<BudgetFreezeGuard, GuardReason.BudgetFrozen>(SomeSizes.Up, Fine with { BudgetFreeze = frozen });
        Passes<BudgetFreezeGuard>(SomeSizes.Up, Fine with { BudgetFreeze = frozen with { IsCritical = true } });
        Passes<BudgetFreezeGuard>(SomeSizes.Down, Fine with { BudgetFreeze = frozen });
    }

    [Fact]
    public void Nothing_is_given_up_that_could_not_be_had_again()
    {
        Held<WayBackGuard, GuardReason.NoWayBack>(SomeSizes.Down with { From = SomeSizes.Down.From with { WhyNot = "NotAvailableForSubscription" } }, Fine);
        Held<WayBackGuard, GuardReason.NoWayBack>(SomeSizes.Down, Fine with { Guardrails = [Guardrails() with { Skus = ["Standard_D2*"] }] });
        Held<WayBackGuard, GuardReason.NoWayBack>(
            SomeSizes.Down with { From = SomeSizes.Down.From with { ClosedZones = ["2"] } }, Fine with { Sizing = SomeSizes.Four with { Needs = new SizeNeeds { Zones = ["1", "2"] } } });
        Held<WayBackGuard, GuardReason.NoWayBack>(
            SomeSizes.Down, Fine with { Sizing = SomeSizes.Four with { Needs = new SizeNeeds { Offered = new HashSet<string> { SomeSizes.Small } } } });
        Passes<WayBackGuard>(SomeSizes.Down, Fine);
    }

    [Fact]
    public void Nothing_is_stopped_for_a_size_without_knowing_the_quotas_of_the_way_back()
    {
        var stopped = Fine with
        {
            SizeTerms = new SizeTerms { Mode = SizeMode.Act, MayStop = true },
            Sizing = SomeSizes.Four with { OffersMoreWhenStopped = true, Needs = new SizeNeeds { Offered = new HashSet<string> { SomeSizes.Middle } } },
            Preflight = new Preflight { SizeQuotas = [new QuotaUsage("cores", 4, 100)] },
        };
        Passes<WayBackGuard>(SomeSizes.Down, stopped);
        Held<WayBackGuard, GuardReason.NoWayBack>(SomeSizes.Down, stopped with { Preflight = Preflight.Nothing });
    }

    [Fact]
    public void A_size_has_what_the_resource_needs_and_what_it_needs_is_known()
    {
        Held<SizeFitGuard, GuardReason.SizeUnfit>(SomeSizes.Down, Fine with { Sizing = SomeSizes.Four with { Needs = new SizeNeeds { DataDisks = 5 } } });
        Held<SizeFitGuard, GuardReason.SizeUnread>(SomeSizes.Down, Fine with { Sizing = new SizeReading.Unreadable("403") });
        Passes<SizeFitGuard>(SomeSizes.Down, Fine with { Sizing = SomeSizes.Four with { Needs = new SizeNeeds { DataDisks = 4, PremiumStorage = true } } });
    }

    [Fact]
    public void The_only_instance_is_restarted_only_where_the_policy_says_so()
    {
        var alone = SomeSizes.PlanContext(1);
        Held<InterruptionGuard, GuardReason.Interrupts>(SomeSizes.Down, alone);
        Passes<InterruptionGuard>(SomeSizes.Down, alone with { Vertical = alone.Vertical! with { MayInterrupt = true } });
        Passes<InterruptionGuard>(SomeSizes.Down, alone with { Sizing = SomeSizes.Four with { ReplacesBeforehand = true } });
        Passes<InterruptionGuard>(SomeSizes.Down, SomeSizes.PlanContext(2));
    }

    [Fact]
    public void Without_anything_that_tells_health_a_size_is_only_recommended()
    {
        var silent = SomeSizes.Reading(SomeSizes.Middle, SomeSizes.Instance("0", health: InstanceHealth.Unknown), SomeSizes.Instance("1", health: InstanceHealth.Unknown));
        Held<HealthSignalGuard, GuardReason.NoHealthSignal>(SomeSizes.Down, Fine with { Sizing = silent });
        Passes<HealthSignalGuard>(SomeSizes.Down, Fine with { Sizing = silent with { Instances = [.. silent.Instances, SomeSizes.Instance("2")] } });
    }

    /// <summary>Azure tells the health of no instance of a plan: the guard's metrics stand for it, and have to be fine before less is given.</summary>
    [Fact]
    public void Of_a_kind_without_health_the_guard_is_the_evidence()
    {
        var plan = Fine with { Guard = new GuardStanding.Within(), Sizing = SomeSizes.Reading(SomeSizes.Middle, SomeSizes.Instance("portal", health: InstanceHealth.Unknown)) with { IsJudgedByGuard = true } };
        var broken = new GuardStanding.Breached(SomeSizes.Guard.Bounds[0], 900, IsLasting: false);
        Passes<HealthSignalGuard>(SomeSizes.Down, plan);
        Held<HealthSignalGuard, GuardReason.GuardMetricNotFine>(SomeSizes.Down, plan with { Guard = broken });
        Held<HealthSignalGuard, GuardReason.GuardMetricNotFine>(SomeSizes.Down, plan with { Guard = null });
        Passes<HealthSignalGuard>(SomeSizes.Up, plan with { Guard = broken });
        Held<HealthSignalGuard, GuardReason.NoHealthSignal>(SomeSizes.Up, plan with { Vertical = plan.Vertical! with { Guard = null } });
        Held<HealthSignalGuard, GuardReason.NoHealthSignal>(SomeSizes.Down, plan with { Vertical = plan.Vertical with { Guard = null } });
    }

    /// <summary>Whatever sizes its unit offers and whatever its guard says: no plan is given less without a way back and a guard that is fine.</summary>
    [Fact]
    public void No_plan_gets_smaller_without_a_way_back_and_a_guard_that_is_fine() => Gen.Select(
        Gen.Int[0, 3], Gen.Int[0, 3], Gen.Bool.Array[4], Gen.Int[0, 3], Gen.Bool, Gen.Int[1, 9]).Sample((had, wanted, offers, standing, hasGuard, count) =>
    {
        string[] names = ["P0v3", "P1v3", "P2v3", "P3v3"];
        var (from, to) = (names[had], names[wanted]);
        var offered = names.Where((_, index) => offers[index]).ToHashSet();
        var context = Fine with
        {
            Target = Fine.Target with { Sku = from, Capacity = count },
            Vertical = Fine.Vertical! with { Sizes = names, Guard = hasGuard ? SomeSizes.Guard : null },
            Guard = standing switch
            {
                0 => new GuardStanding.Within(),
                1 => new GuardStanding.Breached(SomeSizes.Guard.Bounds[0], 900, IsLasting: true),
                2 => new GuardStanding.InDoubt("503"),
                _ => null,
            },
            Sizing = new SizeReading.Read(from, RollOutMode.ByResource, [SomeSizes.Instance("portal", from, health: InstanceHealth.Unknown)], new SizeNeeds { Offered = offered })
            {
                IsJudgedByGuard = true,
                ReplacesBeforehand = true,
            },
        };
        var draft = new PlanDraft(Some.Decision(count, count), count) { Size = new SizeChange(PlanSizes.All[from], PlanSizes.All[to]) };
        var passes = PlanGuards.OfSizes.All(guard => guard.Check(draft, context) is GuardVerdict.Pass);
        var isDown = PlanSizes.All[to].Cores < PlanSizes.All[from].Cores;

        // The way back leads over the old size, the way there over the new one.
        return !passes || (hasGuard && offered.Contains(from) && offered.Contains(to) && (!isDown || standing == 0));
    }, iter: 3000);

    /// <summary>4 instances at 0.4 in place of 0.2 an hour cost 0.8 more.</summary>
    [Fact]
    public void A_size_that_goes_with_a_count_waits_until_so_many_run()
    {
        var draft = new PlanDraft(Some.Decision(4, 4), 4) { Size = SomeSizes.Down, Strength = 5 };
        var reason = Assert.IsType<GuardReason.StrengthMissing>(Assert.IsType<GuardVerdict.Block>(new StrengthFirstGuard().Check(draft, Fine)).Reason);

        Assert.Equal((5, 4), (reason.Needed, reason.There));
        Assert.IsType<GuardVerdict.Pass>(new StrengthFirstGuard().Check(draft with { Strength = 4 }, Fine));
        Assert.IsType<GuardVerdict.Pass>(new StrengthFirstGuard().Check(draft with { Strength = null }, Fine));
        Assert.IsType<GuardVerdict.Block>(new StrengthFirstGuard().Check(draft with { Strength = 4 }, Fine with
        {
            Sizing = SomeSizes.Four with { Instances = [.. SomeSizes.Four.Instances.Skip(1), SomeSizes.Instance("0", isRunning: false)] },
        }));

        // A plan is one entry that stands for all of its instances.
        var plan = SomeSizes.Reading(SomeSizes.Middle, SomeSizes.Instance("portal", health: InstanceHealth.Unknown)) with { StandsFor = 5, IsJudgedByGuard = true };
        Assert.IsType<GuardVerdict.Pass>(new StrengthFirstGuard().Check(draft, Fine with { Sizing = plan }));
        Assert.IsType<GuardVerdict.Block>(new StrengthFirstGuard().Check(draft with { Strength = 6 }, Fine with { Sizing = plan }));
        Assert.IsType<GuardVerdict.Block>(new StrengthFirstGuard().Check(draft, Fine with { Sizing = plan with { Instances = [SomeSizes.Instance("portal", isRunning: false)] } }));
    }

    [Fact]
    public void Who_acts_needs_metrics_that_would_tell_and_makes_nothing_smaller_while_these_are_not_fine()
    {
        var breach = new GuardStanding.Breached(SomeSizes.Guard.Bounds[0], 900, IsLasting: false);
        Held<GuardMetricGuard, GuardReason.NoGuardMetric>(SomeSizes.Up, Fine with { Vertical = SomeSizes.Policy() with { Guard = null } });
        Passes<GuardMetricGuard>(SomeSizes.Up, Fine with { Vertical = SomeSizes.Policy(SizeMode.Recommend) with { Guard = null } });
        Held<GuardMetricGuard, GuardReason.GuardMetricNotFine>(SomeSizes.Down, Fine with { Guard = breach });
        Held<GuardMetricGuard, GuardReason.GuardMetricNotFine>(SomeSizes.Down, Fine with { Guard = new GuardStanding.InDoubt("503") });
        Held<GuardMetricGuard, GuardReason.PeakNotSeen>(SomeSizes.Down, Fine with { PeakAhead = new AwaitedPeak(SomeSizes.Middle, Some.At(60), "") });
        Passes<GuardMetricGuard>(SomeSizes.Up, Fine with { Guard = breach, PeakAhead = new AwaitedPeak(SomeSizes.Middle, Some.At(60), "") });
        Passes<GuardMetricGuard>(SomeSizes.Down, Fine with { Guard = new GuardStanding.Within() });
    }

    [Fact]
    public void Bigger_instances_cost_no_more_than_is_left()
    {
        Passes<SizeSpendGuard>(SomeSizes.Up, Spend(0.8m));
        Held<SizeSpendGuard, GuardReason.SpendCapped>(SomeSizes.Up, Spend(0.79m));
        Passes<SizeSpendGuard>(SomeSizes.Down, Spend(0));

        // Fewer cores of a newer family, and dearer.
        var newer = new SizeChange(SomeSizes.Offers[SomeSizes.Middle], SomeSizes.Offer("Standard_D2s_v6", 2));
        Held<SizeSpendGuard, GuardReason.SpendCapped>(newer, Spend(0.79m));
        Passes<SizeSpendGuard>(newer, Spend(0.8m));
        Held<SizeSpendGuard, GuardReason.NotPriced>(SomeSizes.Up with { To = SomeSizes.Offer("Standard_F8s_v2", 8) }, Spend(10));

        static PlanContext Spend(decimal left) => Fine with
        {
            Guardrails =
            [
                Guardrails() with
                {
                    Fleet = new FleetCaps(null, 5),
                    Prices = new PriceList("EUR", new DateOnly(2026, 3, 1), [KeyValuePair.Create(SomeSizes.Middle, 0.2m), KeyValuePair.Create(SomeSizes.Big, 0.4m), KeyValuePair.Create("Standard_D2s_v6", 0.4m)]),
                },
            ],
            Rooms = [new FleetRoom("bounds", null, left)],
        };
    }

    [Fact]
    public void A_policy_that_recommends_changes_nothing()
    {
        Held<SizeModeGuard, GuardReason.RecommendOnly>(SomeSizes.Down, Fine with { Vertical = SomeSizes.Policy(SizeMode.Recommend) });
        Passes<SizeModeGuard>(SomeSizes.Down, Fine);
    }

    [Fact]
    public void A_change_that_nothing_holds_is_planned_with_the_count_there_is()
    {
        var planned = Assert.IsType<SizeOutcome.Planned>(Plan(Fine));

        Assert.Equal((4, SomeSizes.Middle, SomeSizes.Small, Some.At(2)), (planned.Plan.Instances, planned.Plan.Change.From.Name, planned.Plan.Change.To.Name, planned.Plan.ExpiresAt));
    }

    [Theory]
    [MemberData(nameof(Stops))]
    public void Whatever_stops_counts_stops_sizes(string guard, int index) =>
        Assert.Equal(guard, Assert.IsType<SizeOutcome.Held>(Plan(Stopped[index].Context)).Why.Guard);

    public static TheoryData<string, int> Stops { get; } = [.. Stopped.Select((each, index) => (each.Guard, index))];

    private static (string Guard, PlanContext Context)[] Stopped =>
    [
        (nameof(StopGuard), Fine with { Stop = new WriteStop.KillSwitchUnreadable() }),
        (nameof(QuarantineGuard), Fine with { Quarantine = QuarantineGuardTests.Quarantine }),
        (nameof(OwnershipGuard), Fine with { Owner = new CapacityOwner(OwnerKind.Service, "AKS prod-1", "it manages the resource") }),
        (nameof(LockGuard), Fine with { Preflight = new Preflight { Lock = new ResourceLock("keep", "/subscriptions/s-1", LockLevel.ReadOnly) } }),
        (nameof(InFlightGuard), Fine with { Open = new OpenAction(3, 6) }),
        (nameof(ForeignOperationGuard), Fine with { Target = Some.Target(isUpdating: true) }),
        (nameof(DoubtGuard), Fine with { InventoryDoubt = "a page failed" }),
        (nameof(ModeGuard), Fine with { Mode = PolicyMode.Observe }),
        (nameof(PermissionGuard), Fine with { Preflight = new Preflight { Denied = "Microsoft.Compute/virtualMachineScaleSets/write" } }),
    ];

    private static SizeOutcome Plan(PlanContext context) => SizePlanner.Plan(
        new SizeDecision(SomeSizes.Middle, SomeSizes.Small, new SizeReason.Idle(10, 10, 20, 20, TimeSpan.FromDays(1))), SomeSizes.Offers, Count.Decision, context);

    private static void Held<TGuard, TReason>(SizeChange change, PlanContext context)
        where TGuard : IPlanGuard, new()
        where TReason : GuardReason
    {
        var block = Assert.IsType<GuardVerdict.Block>(Check<TGuard>(change, context));
        Assert.Equal(typeof(TGuard).Name, block.Guard);
        Assert.IsType<TReason>(block.Reason);
        Assert.NotEmpty(Core.Journal.ReasonText.Of(block.Reason));
        Assert.Contains(PlanGuards.OfSizes, guard => guard is TGuard);
    }

    private static void Passes<TGuard>(SizeChange change, PlanContext context)
        where TGuard : IPlanGuard, new() => Assert.IsType<GuardVerdict.Pass>(Check<TGuard>(change, context));

    private static GuardVerdict Check<TGuard>(SizeChange change, PlanContext context)
        where TGuard : IPlanGuard, new() => new TGuard().Check(new PlanDraft(Some.Decision(context.Target.Capacity, context.Target.Capacity), context.Target.Capacity) { Size = change }, context);

    private static GuardrailsPolicy Guardrails() => new() { Name = "bounds", Source = Some.Source };
}
