using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Plans.Guards;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>What holds the size that off-hours ask for, on the way down, back to its own and to another in its place.</summary>
public sealed class OffSizesTests
{
    private static readonly PlanContext Fine = Some.PlanContext() with { SizeTerms = OffSizes.Terms, Sizing = SomeSizes.Four };

    private static readonly GuardrailsPolicy Platform = new() { Name = "platform", Source = Some.Source };

    private static readonly OffStep Down = Step(new OffWish.Lower(4, Some.Noon, null), SomeSizes.Small);

    private static readonly OffStep Back = Step(new OffWish.Return(4, Some.Noon), SomeSizes.Middle);

    private static readonly OffStep Another = Step(new OffWish.Return(4, Some.Noon), SomeSizes.Big);

    public static MatrixTheoryData<string, string> Held { get; } = new(["down", "back", "another"], Stopped.Select(each => each.Guard));

    [Theory]
    [MemberData(nameof(Held))]
    public void Whatever_stops_counts_stops_the_size_both_ways(string way, string guard)
    {
        var step = way switch
        {
            "down" => Down,
            "back" => Back,
            _ => Another,
        };

        Assert.Null(WhyNot(step, Fine));
        Assert.Equal(guard, WhyNot(step, Stopped.Single(each => each.Guard == guard).Context));
    }

    /// <summary>The way back to what it had is owed, and new to nobody.</summary>
    [Fact]
    public void A_freeze_doubt_and_guardrails_hold_the_way_down_and_not_the_way_back()
    {
        var (frozen, doubted, bound) = (Fine with { Freezes = [Release] }, Fine with { InventoryDoubt = "a page failed" }, Fine with { Guardrails = [Platform with { Skus = ["Standard_E*"] }] });

        Assert.Equal([nameof(ChangeCalendarGuard), nameof(DoubtGuard), nameof(SizePlacementGuard)], new[] { frozen, doubted, bound }.Select(context => WhyNot(Down, context)));
        Assert.All(new[] { frozen, doubted, bound }, context => Assert.Null(WhyNot(Back, context)));
    }

    /// <summary>Another size than it had is new to guardrails: four of 0.4 in place of 0.1 an hour cost 1.2 more.</summary>
    [Fact]
    public void Another_size_in_the_place_of_its_own_is_one_that_guardrails_allow_and_pay_for()
    {
        Assert.Equal(nameof(SizePlacementGuard), WhyNot(Another, Fine with { Guardrails = [Platform with { Skus = [SomeSizes.Middle] }] }));
        Assert.Equal(nameof(SizeSpendGuard), WhyNot(Another, Spend(1.19m)));
        Assert.Null(WhyNot(Another, Spend(1.2m)));
        Assert.Null(WhyNot(Back, Spend(0)));

        static PlanContext Spend(decimal left) => Fine with
        {
            Guardrails =
            [
                Platform with
                {
                    Fleet = new FleetCaps(null, 5),
                    Prices = new PriceList("EUR", new DateOnly(2026, 3, 1), [KeyValuePair.Create(SomeSizes.Small, 0.1m), KeyValuePair.Create(SomeSizes.Middle, 0.2m), KeyValuePair.Create(SomeSizes.Big, 0.4m)]),
                },
            ],
            Rooms = [new FleetRoom("platform", null, left)],
        };
    }

    private static (string Guard, PlanContext Context)[] Stopped =>
    [
        (nameof(StopGuard), Fine with { Stop = new WriteStop.KillSwitchUnreadable() }),
        (nameof(QuarantineGuard), Fine with { Quarantine = QuarantineGuardTests.Quarantine }),
        (nameof(OwnershipGuard), Fine with { Owner = new CapacityOwner(OwnerKind.Service, "AKS prod-1", "it manages the resource") }),
        (nameof(LockGuard), Fine with { Preflight = new Preflight { Lock = new ResourceLock("keep", "/subscriptions/s-1", LockLevel.ReadOnly) } }),
        (nameof(InFlightGuard), Fine with { Open = new OpenAction(3, 6) }),
        (nameof(ForeignOperationGuard), Fine with { Target = Some.Target(isUpdating: true) }),
        (nameof(SizeActuatorGuard), Fine with { Target = Some.Target() with { Native = new NativeAutoscale.Unread("403") } }),
        (nameof(SizeFitGuard), Fine with { Sizing = new SizeReading.Unreadable("403") }),
        (nameof(ModeGuard), Fine with { Mode = PolicyMode.Observe }),
        (nameof(PermissionGuard), Fine with { Preflight = new Preflight { Denied = "Microsoft.Web/serverfarms/write" } }),
    ];

    private static Freeze Release => new()
    {
        When = new ZonedWindow(new TimeWindow.Once(new(2026, 3, 1, 0, 0), new(2026, 3, 3, 0, 0)), NodaTime.DateTimeZone.Utc),
        Reason = "release",
        Calendar = "platform",
        Source = Some.Source,
    };

    private static OffStep Step(OffWish wish, string size) =>
        new(wish, new OffMemory(Some.Noon, 4, SomeSizes.Middle, 4, Some.Noon) { LowSize = SomeSizes.Small }) { Size = size };

    /// <summary>The guard that holds it; null when it is planned.</summary>
    private static string? WhyNot(OffStep step, PlanContext context)
    {
        var target = context.Target with { Sku = step.Wish is OffWish.Return ? SomeSizes.Small : SomeSizes.Middle };
        return SizePlanner.Plan(OffSizes.Decision(target, step), SomeSizes.Offers, Some.Decision(4, 4), context with { Target = target }, OffSizes.Guards(step)) switch
        {
            SizeOutcome.Planned => null,
            SizeOutcome.Held held => held.Why.Guard,
            var other => $"{other}",
        };
    }
}
