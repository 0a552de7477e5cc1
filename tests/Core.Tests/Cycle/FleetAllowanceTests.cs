using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>Of 2 an hour that are left, what bigger sizes take in the tick that approves them.</summary>
public sealed class FleetAllowanceTests
{
    private static readonly GuardrailsPolicy Guardrails = new()
    {
        Name = "p",
        Fleet = new FleetCaps(null, 10m),
        Prices = new PriceList("EUR", default, [KeyValuePair.Create(SomeSizes.Small, 0.1m), KeyValuePair.Create(SomeSizes.Middle, 0.2m), KeyValuePair.Create(SomeSizes.Big, 0.4m)]),
        Source = Some.Source,
    };

    /// <summary>Four instances at 0.4 in place of 0.2 cost 0.8 more.</summary>
    [Fact]
    public void A_bigger_size_takes_what_it_costs_more() => Assert.Equal<(decimal?, int?)>((1.2m, 7), After(SomeSizes.Up));

    [Fact]
    public void A_smaller_one_gives_nothing_back() => Assert.Equal<(decimal?, int?)>((2m, 7), After(SomeSizes.Down));

    [Fact]
    public void Guardrails_of_others_lose_nothing() => Assert.Equal<(decimal?, int?)>((2m, 7), After(SomeSizes.Up, Guardrails with { Name = "q" }));

    /// <summary>A message that is delivered twice finds in the row what its first delivery asked for: four instances, from middle to big.</summary>
    [Fact]
    public void What_was_asked_for_since_the_tick_is_taken_again()
    {
        var changed = Row with { Sizes = SizeHistory.Empty.Add(new PastSize(Some.At(-1), SomeSizes.Small, SomeSizes.Big, IsUndo: false)).Add(new PastSize(Some.Noon, SomeSizes.Middle, SomeSizes.Big, IsUndo: true)) };
        var stopped = Row with { Restage = new Restage(1, SomeSizes.Middle, SomeSizes.Big, RollOutTerms.Default, 0, Some.At(1)) };

        Assert.Equal(1.2m, Left(changed));
        Assert.Equal(1.8m, Left(stopped));
        Assert.Equal(2m, Left(Row));
        Assert.Equal(1.6m, Left(Row with { History = Some.Changes(new PastChange(Some.At(1), 4, 6)) }));

        static decimal? Left(TargetRow row)
        {
            var allowance = new FleetAllowance([new FleetRoom("p", 7, 2m)]);
            allowance.TakeSince(Some.Noon, row, Target, Policies(Guardrails));
            return Assert.Single(allowance.Left).Spend;
        }
    }

    /// <summary>A bigger size is paid from the moment it was asked for, whatever an inventory of before says, and a dear one until all have left it.</summary>
    [Fact]
    public void What_is_on_its_way_counts_at_the_dearest_of_its_sizes()
    {
        Assert.Equal(0.2m, Price(Row));
        Assert.Equal(0.4m, Price(Row with { Intent = Some.Intent(4, 4, IntentPhase.Unknown) with { Size = SomeSizes.Big } }));
        Assert.Equal(0.4m, Price(Row with { RollOut = new RollOut(1, SomeSizes.Middle, SomeSizes.Big, RollOutTerms.Default, 0, Some.Noon) }));
        Assert.Equal(0.4m, Price(Row with { RollOut = new RollOut(1, SomeSizes.Big, SomeSizes.Middle, RollOutTerms.Default, 0, Some.Noon) }));
        Assert.Equal(0.4m, Price(Row with { Restage = new Restage(1, SomeSizes.Middle, SomeSizes.Big, RollOutTerms.Default, 0, Some.Noon) }));
        Assert.Equal(0.4m, Price(Row with { Sizes = SizeHistory.Empty.Add(new PastSize(Some.At(1), SomeSizes.Middle, SomeSizes.Big, IsUndo: false)) }));
        Assert.Equal(0.2m, Price(Row with { Sizes = SizeHistory.Empty.Add(new PastSize(Some.At(-1), SomeSizes.Big, SomeSizes.Middle, IsUndo: false)) }));
        Assert.Equal(0.4m, Price(Row with { Standing = new TargetStanding { Workload = "shop", Sku = SomeSizes.Middle, Region = "westeurope", Mode = PolicyMode.Act, Minimum = 1, Maximum = 9, Signals = [] }, RollOut = new RollOut(1, SomeSizes.Middle, SomeSizes.Big, RollOutTerms.Default, 0, Some.Noon) }, isListed: false));

        static decimal? Price(TargetRow row, bool isListed = true) => Assert.Single(FleetMembers.Of(
            Some.Policies(), isListed ? new InventoryReading.Complete([Target]) : new InventoryReading.Partial([], "page 2"), [row])).Member.PriceBy(Guardrails.Prices);
    }

    private static TargetRow Row { get; } = new() { Target = Some.Id(), LastKnownCapacity = 4 };

    private static ObservedTarget Target { get; } = Some.Target() with { Sku = SomeSizes.Middle };

    private static TargetPolicies.Resolved Policies(GuardrailsPolicy guardrails) => new(Some.Policies().Workloads[0], Some.Horizontal(), Some.LoadBased()) { Guardrails = [guardrails] };

    private static (decimal? Spend, int? Instances) After(SizeChange change, GuardrailsPolicy? bounding = null)
    {
        var allowance = new FleetAllowance([new FleetRoom("p", 7, 2m)]);
        var plan = new SizePlan(Some.Id(), change, 4, Some.At(2), SizeDecision(change), RollOutTerms.Default, 0);
        allowance.Take(plan, Some.Target() with { Sku = change.From.Name }, Policies(bounding ?? Guardrails));
        var left = Assert.Single(allowance.Left);
        return (left.Spend, left.Instances);
    }

    private static SizeDecision SizeDecision(SizeChange change) => SizeDecisions.Decide(
        SomeSizes.Context(SomeSizes.Use(50), SomeSizes.Use(50), change.From.Name));
}
