using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Plans.Guards;
using ScaleFunctions.Core.Tests.Policies.Schedules;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>A machine that is down and owed, of whose size Azure has none: when it is started with which other one.</summary>
public sealed class OffStartsTests
{
    private const string Own = "Standard_D4s_v5";

    private const string Second = "Standard_D4as_v5";

    private const string Third = "Standard_E4s_v5";

    private static readonly ObservedTarget Machine = Some.Target(0) with
    {
        Id = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/build"),
        Sku = Own,
    };

    private static readonly OffMemory Night = new(Some.Noon.AddHours(-12), 1, Own, 0, Some.Noon.AddHours(-12)) { IsLowered = true, DownAt = Some.Noon.AddHours(-12) };

    private static readonly BudgetStand Stand = new("team", "stop", 1, Some.Noon.AddDays(-2), Some.At(-1));

    private static readonly GuardrailsPolicy Platform = new() { Name = "platform", Source = Some.Source };

    [Fact]
    public void It_is_started_with_the_first_size_that_will_do()
    {
        var (row, order) = Assert.NotNull(Of(new Case()));

        Assert.Equal((Own, Second, (int?)null), (order.FromSize, order.Size, order.Goal));
        Assert.Equal((Own, Second, true), (row.Restage!.From, row.Restage.To, row.Restage.WasDown));
        Assert.Equal($"{Second} in place of {Own}, while it is stopped, to be back from off-hours: AllocationFailed for {Own}", order.Cause);
    }

    /// <summary>Of all that has to hold, whatever one is left out: then nothing is sent that gives it another size.</summary>
    [Theory]
    [InlineData("Azure has room for its own")]
    [InlineData("Azure has run out of the other size only")]
    [InlineData("it is to stay down")]
    [InlineData("its policy wants it and off-hours do not")]
    [InlineData("the step of the budget still holds")]
    [InlineData("it runs")]
    [InlineData("it is no machine")]
    [InlineData("an action is open")]
    [InlineData("it is under way to another size")]
    [InlineData("the kill switch is set")]
    [InlineData("somebody else scales it")]
    [InlineData("the policy observes")]
    [InlineData("no size may take its place")]
    [InlineData("no size is to be had")]
    [InlineData("guardrails allow no other size")]
    [InlineData("there is no money for another size")]
    public void It_is_given_another_size_only_where_all_of_it_holds(string changed)
    {
        var it = new Case();
        it = changed switch
        {
            "Azure has room for its own" => it with { Short = [] },
            "Azure has run out of the other size only" => it with { Short = [Second] },
            "it is to stay down" => it with { Step = new OffStep(new OffWish.Lower(0, Some.Noon, null), Night) },
            "its policy wants it and off-hours do not" => it with { Step = new OffStep(null, Night), Least = 1 },
            "the step of the budget still holds" => it with { Step = OffStep.None, Row = RowOf(null, Stand with { RestoresSince = null }), Least = 1 },
            "it runs" => it with { Target = Machine with { Capacity = 1 }, Wanted = 2 },
            "it is no machine" => it with { Target = Machine with { Id = Some.Id() } },
            "an action is open" => it with { Row = it.Row with { Intent = Some.Intent(0, 1) } },
            "it is under way to another size" => it with { Row = it.Row with { Restage = new Restage(1, Own, Third, RollOutTerms.Default, 0, Some.Noon) } },
            "the kill switch is set" => it with { Stop = new WriteStop.KillSwitch("ann", "", null) },
            "somebody else scales it" => it with { Target = Machine with { Owner = new CapacityOwner(OwnerKind.Service, "AKS prod-1", "it manages the resource") } },
            "the policy observes" => it with { Mode = PolicyMode.Observe },
            "no size may take its place" => it with { Others = [] },
            "no size is to be had" => it with { Short = [Own, Second, Third] },
            "guardrails allow no other size" => it with { Guardrails = Platform with { Skus = [Own] } },
            "there is no money for another size" => it with { Guardrails = Capped(second: 0.9m, third: 0.9m), Room = 0.3m },
            _ => throw new ArgumentOutOfRangeException(nameof(changed)),
        };

        Assert.Null(Of(it));
    }

    [Fact]
    public void A_size_that_is_short_not_allowed_or_too_dear_is_passed_over()
    {
        Assert.Equal(Third, SizeOf(new Case { Short = [Own, Second] }));
        Assert.Equal(Third, SizeOf(new Case { Guardrails = Platform with { Skus = [Own, Third] } }));
        Assert.Equal(Third, SizeOf(new Case { Guardrails = Capped(second: 0.9m, third: 0.5m), Room = 0.3m }));
        Assert.Equal(Second, SizeOf(new Case { Guardrails = Capped(second: 0.5m, third: 0.5m), Room = 0.3m }));
    }

    /// <summary>It was started with another size one morning, and is down again.</summary>
    [Fact]
    public void It_gets_its_own_size_again_as_soon_as_there_is_some_and_guardrails_allow_it()
    {
        var it = new Case { Target = Machine with { Sku = Second }, Short = [] };
        Assert.Equal(Own, SizeOf(it));
        Assert.Contains("the size it had before", Assert.NotNull(Of(it)).Order.Cause, StringComparison.Ordinal);

        // Its own was paid for before; others are new.
        Assert.Equal(Own, SizeOf(it with { Guardrails = Capped(second: 0.1m, third: 0.1m), Room = 0.1m }));
        Assert.Null(Of(it with { Guardrails = Platform with { Skus = [Second, Third] } }));
        Assert.Null(Of(it with { Short = [Own] }));
        Assert.Equal(Third, SizeOf(it with { Short = [Own, Second] }));
    }

    [Fact]
    public void What_a_budget_stopped_comes_back_so_too_and_its_own_size_is_known()
    {
        var it = new Case { Step = OffStep.None, Row = RowOf(null, Stand) };
        var (row, order) = Assert.NotNull(Of(it));

        Assert.Equal((Second, Own), (order.Size, row.Budget!.OwnSize));
        Assert.Contains("the step stop of the budget team", order.Cause, StringComparison.Ordinal);
        Assert.Null(Of(it with { Row = RowOf(Night, Stand) }));
        Assert.Equal(Own, SizeOf(it with { Target = Machine with { Sku = Second }, Row = RowOf(null, Stand with { OwnSize = Own }), Short = [] }));
    }

    private static TargetRow RowOf(OffMemory? off, BudgetStand? budget = null) => new() { Target = Machine.Id, Off = off, Budget = budget };

    private static GuardrailsPolicy Capped(decimal second, decimal third) => Platform with
    {
        Fleet = new FleetCaps(null, 5),
        Prices = new PriceList("EUR", new DateOnly(2026, 3, 1), [KeyValuePair.Create(Own, 0.2m), KeyValuePair.Create(Second, second), KeyValuePair.Create(Third, third)]),
    };

    private static string? SizeOf(Case it) => Of(it)?.Order.Size;

    private static (TargetRow Row, ActionOrder Order)? Of(Case it)
    {
        var workload = new WorkloadPolicy { Name = "shop", Select = new TargetSelector { ResourceType = it.Target.Id.ResourceType }, Mode = it.Mode, Source = Some.Source };
        var policies = new TargetPolicies.Resolved(workload, Some.Horizontal(minimum: it.Least, maximum: 2), null)
        {
            Guardrails = it.Guardrails is { } bounds ? [bounds] : [],
            Usage = new UsageOptimizationPolicy
            {
                Name = "nights",
                Workload = "shop",
                OffHours = new OffHoursTerms { Schedule = OffScheduleTests.Office("UTC"), Instances = 0, Alternatives = it.Others },
                Source = Some.Source,
            },
        };
        var row = it.Row with { Target = it.Target.Id };
        var tick = new TickContext
        {
            Now = Some.Noon,
            ModeCeiling = PolicyMode.Act,
            Stop = it.Stop,
            Interval = Some.Minutes(1),
            Rooms = [new FleetRoom("platform", null, it.Room)],
            Shortages = [.. it.Short.Select(size => ShortageGuardTests.Shortage() with { Sku = size })],
        };
        var step = it.Step ?? new OffStep(new OffWish.Return(it.Wanted, Some.Noon), Night);
        var evaluation = TargetEvaluation.Of(it.Target, policies, new Dictionary<string, MetricSeries>(), row, tick, off: step);
        var survey = new Survey(new SurveyScope([it.Target], "", new LoweringPermits.All()), [], tick, []) { Drifts = new DriftActors(null, TimeProvider.System) };
        return OffStarts.Of(evaluation, policies with { Version = "0123456789abcdef" }, row, survey);
    }

    private sealed record Case
    {
        public ObservedTarget Target { get; init; } = Machine;

        public TargetRow Row { get; init; } = RowOf(Night);

        /// <summary>Absent: back to as many as are wanted.</summary>
        public OffStep? Step { get; init; }

        public int Wanted { get; init; } = 1;

        public int Least { get; init; }

        public IReadOnlyList<string> Short { get; init; } = [Own];

        public IReadOnlyList<string> Others { get; init; } = [Second, Third];

        public WriteStop Stop { get; init; } = new WriteStop.None();

        public PolicyMode Mode { get; init; } = PolicyMode.Act;

        public GuardrailsPolicy? Guardrails { get; init; }

        public decimal Room { get; init; } = 9;
    }
}
