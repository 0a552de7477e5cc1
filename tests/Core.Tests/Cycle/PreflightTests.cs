using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>What Azure is known to refuse, and what things cost, on their way into plans.</summary>
public sealed class PreflightTests
{
    private const string Write = "Microsoft.Compute/virtualMachineScaleSets/write";

    private static readonly SizeOffer Size = new("Standard_D4s_v5", "standardDSv5Family", 4);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly ILockSource _locks = Substitute.For<ILockSource>();
    private readonly IPermissionSource _permissions = Substitute.For<IPermissionSource>();
    private readonly IComputeLimits _compute = Substitute.For<IComputeLimits>();

    private ITargetKind? _kind;

    public PreflightTests()
    {
        Locks();
        Roles(new GrantedActions.Role(["*"], []));
        Quota(0);
        _compute.ReadSizesAsync("", "", Cancellation).ReturnsForAnyArgs(new FactReading<IReadOnlyDictionary<string, SizeOffer>>.Known(
            new Dictionary<string, SizeOffer>(StringComparer.OrdinalIgnoreCase) { [Size.Name] = Size }, Some.Noon));
    }

    [Fact]
    public async Task Nothing_is_asked_for_what_does_not_change()
    {
        var rehearsal = await RehearseAsync(load: 50);

        Assert.IsType<PlanOutcome.Unchanged>(rehearsal.Outcome);
        Assert.Empty(_locks.ReceivedCalls().Concat(_permissions.ReceivedCalls()).Concat(_compute.ReceivedCalls()));
    }

    [Fact]
    public async Task A_raise_gets_what_the_quota_has_room_for()
    {
        Quota(95);

        // 5 cores are left, one more instance has four.
        Assert.Equal(5, (await RehearseAsync()).Goal);
    }

    [Fact]
    public async Task A_raise_without_room_is_held_and_says_by_what()
    {
        Quota(97);

        var held = Assert.IsType<PlanOutcome.Held>((await RehearseAsync()).Outcome);

        Assert.Equal("quota: standardDSv5Family has 97 of 100 cores in use, and 8 more would be needed", ReasonText.Of(held.Why.Reason));
    }

    [Fact]
    public async Task Two_raises_share_what_is_left()
    {
        Quota(88);

        var rehearsal = await Cycle(90, "a", "b").RehearseAsync(Some.Policies(), Cancellation);

        // Of 12 cores the first takes 8, and one instance is left for the other.
        Assert.Equal([6, 5], rehearsal.Evaluations.Select(evaluation => evaluation.Goal));
        await _compute.Received(1).ReadQuotaAsync("s-1", "westeurope", Arg.Any<CancellationToken>());
        await _locks.Received(1).ReadLocksAsync("s-1", Arg.Any<CancellationToken>());
    }

    [Theory]
    [InlineData(90), InlineData(10)]
    public async Task A_lock_holds_raises_and_lowerings(double load)
    {
        Locks(new ResourceLock("freeze", "/subscriptions/s-1", LockLevel.ReadOnly));

        Assert.IsType<GuardReason.Locked>(Assert.IsType<PlanOutcome.Held>((await RehearseAsync(load)).Outcome).Why.Reason);
    }

    [Fact]
    public async Task Without_a_role_that_allows_it_nothing_is_written()
    {
        Roles(new GrantedActions.Role(["*/read"], []));

        Assert.Equal(Write, Assert.IsType<GuardReason.MayNotWrite>(Assert.IsType<PlanOutcome.Held>((await RehearseAsync()).Outcome).Why.Reason).Action);
    }

    [Fact]
    public async Task Who_observes_needs_no_role_and_learns_of_quotas()
    {
        Quota(95);

        var evaluation = await RehearseAsync(mode: PolicyMode.Observe);

        Assert.Equal((5, typeof(GuardReason.ObserveOnly)), (evaluation.Goal, Assert.IsType<PlanOutcome.Held>(evaluation.Outcome).Why.Reason.GetType()));
        Assert.Empty(_permissions.ReceivedCalls());
    }

    [Fact]
    public async Task What_cannot_be_read_holds_nothing_back()
    {
        _locks.ReadLocksAsync("", Cancellation).ReturnsForAnyArgs(new FactReading<IReadOnlyList<ResourceLock>>.Unknown("403"));
        _permissions.ReadPermissionsAsync(Some.Id(), "", Cancellation).ReturnsForAnyArgs(new FactReading<GrantedActions>.Unknown("403"));
        _compute.ReadQuotaAsync("", "", Cancellation).ReturnsForAnyArgs(new FactReading<IReadOnlyList<QuotaUsage>>.Unknown("403"));

        Assert.Equal(6, Assert.IsType<PlanOutcome.Planned>((await RehearseAsync()).Outcome).Plan.Goal);

        _compute.ReadSizesAsync("", "", Cancellation).ReturnsForAnyArgs(new FactReading<IReadOnlyDictionary<string, SizeOffer>>.Unknown("403"));
        Assert.Equal(6, Assert.IsType<PlanOutcome.Planned>((await RehearseAsync()).Outcome).Plan.Goal);
    }

    [Fact]
    public async Task A_lowering_knows_what_is_protected_before_it_waits_for_its_turn()
    {
        _kind = Kind(new FactReading<PlatformBound>.Known(new PlatformBound(3, "a set"), Some.Noon));

        Assert.Equal(3, Assert.IsType<PlanOutcome.Planned>((await RehearseAsync(load: 10)).Outcome).Plan.Goal);
        Assert.Equal(6, (await RehearseAsync(load: 90)).Goal);
        await _kind.ReceivedWithAnyArgs(1).ReadLeastAsync(Some.Id(), Cancellation);

        _kind = Kind(new FactReading<PlatformBound>.Unknown("403"));
        Assert.IsType<GuardReason.ProtectionUnknown>(Assert.IsType<PlanOutcome.Held>((await RehearseAsync(load: 10)).Outcome).Why.Reason);
    }

    [Fact]
    public async Task A_kind_says_which_right_its_change_needs()
    {
        Roles(new GrantedActions.Role(["Microsoft.Compute/virtualMachines/start/action"], []));
        _kind = Kind(new FactReading<PlatformBound>.Known(PlatformBound.None, Some.Noon));
        _kind.ActionFor(Some.Id(), true).ReturnsForAnyArgs(call => call.Arg<bool>() ? "Microsoft.Compute/virtualMachines/start/action" : "other");

        Assert.IsType<PlanOutcome.Planned>((await RehearseAsync(load: 90)).Outcome);
        Assert.Equal("other", Assert.IsType<GuardReason.MayNotWrite>(Assert.IsType<PlanOutcome.Held>((await RehearseAsync(load: 10)).Outcome).Why.Reason).Action);
    }

    [Fact]
    public async Task What_nobody_may_start_again_is_not_stopped()
    {
        Roles(new GrantedActions.Role(["stop"], []));
        _kind = Kind(new FactReading<PlatformBound>.Known(PlatformBound.None, Some.Noon));
        _kind.ActionFor(Some.Id(), true).ReturnsForAnyArgs(call => call.Arg<bool>() ? "start" : "stop");

        Assert.Equal("start", Assert.IsType<GuardReason.MayNotWrite>(Assert.IsType<PlanOutcome.Held>((await RehearseAsync(load: 10)).Outcome).Why.Reason).Action);

        Roles(new GrantedActions.Role(["stop", "start"], []));
        Assert.IsType<PlanOutcome.Planned>((await RehearseAsync(load: 10)).Outcome);
    }

    [Fact]
    public async Task What_keeps_its_cores_while_it_is_away_needs_no_quota_to_come_back()
    {
        Quota(100);
        _kind = Kind(new FactReading<PlatformBound>.Known(PlatformBound.None, Some.Noon));
        _kind.TakesQuota.Returns(false);

        Assert.Equal(6, Assert.IsType<PlanOutcome.Planned>((await RehearseAsync()).Outcome).Plan.Goal);

        _kind.TakesQuota.Returns(true);
        Assert.IsType<GuardReason.QuotaReached>(Assert.IsType<PlanOutcome.Held>((await RehearseAsync()).Outcome).Why.Reason);
    }

    [Fact]
    public async Task Spot_capacity_has_a_quota_of_its_own()
    {
        _compute.ReadQuotaAsync("", "", Cancellation).ReturnsForAnyArgs(new FactReading<IReadOnlyList<QuotaUsage>>.Known(
            [new("cores", 100, 100), new("standardDSv5Family", 100, 100), new("lowPriorityCores", 95, 100)], Some.Noon));

        var rehearsal = await Cycle(90, [Some.Target() with { Billing = new BillingTerms(BilledSystem.Linux, IsSpot: true) }])
            .RehearseAsync(Some.Policies(), Cancellation);

        Assert.Equal(5, Assert.Single(rehearsal.Evaluations).Goal);
    }

    [Fact]
    public async Task A_cap_on_the_spend_uses_retail_prices_where_none_is_declared()
    {
        var prices = Substitute.For<IPriceSource>();
        var query = PriceQuery.Of(Some.Target());
        prices.ReadAsync([], "", Cancellation).ReturnsForAnyArgs(new Dictionary<PriceQuery, PriceReading>
        {
            [query] = new PriceReading.Known(new Price(new Money(0.5m, "EUR"), PriceBasis.Retail, new DateOnly(2026, 3, 2), "m")),
        });

        // Four cost 2 an hour; of 2.6 one more is affordable.
        Assert.Equal((5, 1), (await GoalAsync([]), prices.ReceivedCalls().Count()));
        prices.ClearReceivedCalls();
        Assert.Equal((6, 0), (await GoalAsync([KeyValuePair.Create("Standard_D*", 0.1m)]), prices.ReceivedCalls().Count()));

        async Task<int> GoalAsync(IReadOnlyList<KeyValuePair<string, decimal>> declared)
        {
            var policies = Some.Policies() with
            {
                Guardrails = [new GuardrailsPolicy { Name = "p", Fleet = new FleetCaps(null, 2.6m), Prices = new PriceList("EUR", default, declared), Source = Some.Source }],
            };
            var rehearsal = await Cycle(90, [Some.Target()], new RetailPricing(prices)).RehearseAsync(policies, Cancellation);
            return Assert.Single(rehearsal.Evaluations).Goal;
        }
    }

    /// <summary>The sizes of a family have Azure's prices, too, so that a cap on the spend needs none declared.</summary>
    [Fact]
    public async Task Sizes_of_a_family_have_retail_prices_under_a_cap_on_the_spend()
    {
        var prices = Substitute.For<IPriceSource>();
        prices.ReadAsync([], "", Cancellation).ReturnsForAnyArgs(call => call.Arg<IReadOnlyCollection<PriceQuery>>().ToDictionary(
            query => query, query => (PriceReading)new PriceReading.Known(new Price(new Money(0.5m, "EUR"), PriceBasis.Retail, new DateOnly(2026, 3, 2), "m"))));
        var limits = Substitute.For<IComputeLimits>();
        limits.ReadSizesAsync("", "", Cancellation).ReturnsForAnyArgs(new FactReading<IReadOnlyDictionary<string, SizeOffer>>.Known(SomeSizes.Offers, Some.Noon));
        var target = Some.Target() with { Sku = SomeSizes.Middle };
        var policies = Some.Policies() with
        {
            VerticalScaling = [SomeSizes.Policy() with { Sizes = [], Family = "standardDSv5Family" }],
            Guardrails = [new GuardrailsPolicy { Name = "p", Fleet = new FleetCaps(null, 2.6m), Prices = new PriceList("EUR", default, [KeyValuePair.Create(SomeSizes.Small, 0.1m)]), Source = Some.Source }],
        };

        var completed = await new RetailPricing(prices, limits).CompleteAsync(policies, [target, target with { Id = Some.Id("api") }], Cancellation);

        var list = completed.Guardrails[0].Prices!;
        Assert.Equal([0.1m, 0.5m, 0.5m], new[] { SomeSizes.Small, SomeSizes.Middle, SomeSizes.Big }.Select(size => list.Of(PriceQuery.Of(target) with { Sku = size })!.PerHour.Amount));
        Assert.Single(limits.ReceivedCalls());
        Assert.Null((await new RetailPricing(prices).CompleteAsync(policies, [target], Cancellation)).Guardrails[0].Prices!.Of(PriceQuery.Of(target) with { Sku = SomeSizes.Big }));
    }

    private static ITargetKind Kind(FactReading<PlatformBound> least)
    {
        var kind = Substitute.For<ITargetKind>();
        kind.Serves("").ReturnsForAnyArgs(true);
        kind.TakesQuota.Returns(true);
        kind.ActionFor(Some.Id(), true).ReturnsForAnyArgs(Write);
        kind.ReadLeastAsync(Some.Id(), Cancellation).ReturnsForAnyArgs(least);
        return kind;
    }

    private void Locks(params ResourceLock[] locks) =>
        _locks.ReadLocksAsync("", Cancellation).ReturnsForAnyArgs(new FactReading<IReadOnlyList<ResourceLock>>.Known(locks, Some.Noon));

    private void Roles(params GrantedActions.Role[] roles) =>
        _permissions.ReadPermissionsAsync(Some.Id(), "", Cancellation).ReturnsForAnyArgs(new FactReading<GrantedActions>.Known(new GrantedActions(roles), Some.Noon));

    private void Quota(long used) => _compute.ReadQuotaAsync("", "", Cancellation).ReturnsForAnyArgs(new FactReading<IReadOnlyList<QuotaUsage>>.Known(
        [new("cores", used, 1000), new("standardDSv5Family", used, 100), new("standardESv5Family", 50, 50)], Some.Noon));

    private async Task<TargetEvaluation> RehearseAsync(double load = 90, PolicyMode mode = PolicyMode.Act)
    {
        var rehearsal = await Cycle(load, "web").RehearseAsync(Some.Policies(mode: mode), Cancellation);
        return Assert.Single(rehearsal.Evaluations);
    }

    private ScalingCycle Cycle(double load, params string[] names) => Cycle(load, [.. names.Select(name => Some.Target() with { Id = Some.Id(name) })]);

    private ScalingCycle Cycle(double load, IReadOnlyList<ObservedTarget> targets, RetailPricing? pricing = null)
    {
        var inventory = Substitute.For<ITargetInventory>();
        inventory.ListAsync(default).ReturnsForAnyArgs(new InventoryReading.Complete(targets));
        var metrics = Substitute.For<IMetricSource>();
        metrics.ReadAsync(default!, default).ReturnsForAnyArgs(
            targets.ToDictionary(MonitoredResource.Of, MetricSeries (_) => Some.Series(load, load, load, load)));
        var rows = new RowStore(new MemoryStateStore());
        var (options, time) = (new CycleOptions { Worker = "worker-1", ModeCeiling = PolicyMode.Act }, new FakeTimeProvider(Some.Noon));
        return new ScalingCycle(
            rows, new PredictiveSchedules(new MemoryDocumentStore()), inventory, metrics, new ActionRunner(rows, _kind is null ? [] : [_kind], options, time), options, time,
            pricing: pricing, preflight: new PreflightSources(_locks, _permissions, _compute));
    }
}
