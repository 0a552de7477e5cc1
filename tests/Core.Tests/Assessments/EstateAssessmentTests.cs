using ScaleFunctions.Core.Assessments;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Assessments;

public sealed class EstateAssessmentTests
{
    [Fact]
    public void Surplus_is_priced_by_the_month_and_what_has_no_price_is_counted_apart()
    {
        var assessment = Of([Assessed("a", 10, 4, Euros(0.10m)), Assessed("b", 5, 1, new PriceReading.Missing("no meter")), Assessed("c", 3, 3, Euros(0.10m)), Assessed("d", 4, 2, Dollars(1m))]);

        Assert.Equal(["d", "a", "b"], assessment.Surplus.Select(line => line.Target.Id.Name));
        Assert.Equal([new Money(438.00m, "EUR"), new Money(1460.00m, "USD")], assessment.SurplusPerMonth);
        Assert.Equal(1, assessment.NotPriced);
        Assert.Equal("no meter", assessment.Surplus[2].WhyNotPriced);
        Assert.Equal([(PriceBasis.Retail, 3)], assessment.Prices.Select(ground => (ground.Basis, ground.Count)));
        Assert.False(assessment.IsPartial);
    }

    [Fact]
    public void What_others_scale_is_counted_by_service_and_never_judged()
    {
        var assessment = Of([Assessed("a", 2, 2)], leftAlone:
        [
            Owned("n1", new CapacityOwner(OwnerKind.Service, "AKS prod-1", "it manages the resource group x")),
            Owned("n2", new CapacityOwner(OwnerKind.Service, "AKS", "the tag aks-managed-poolName")),
            Owned("n3", new CapacityOwner(OwnerKind.Service, "Microsoft.X/things/y", "it manages the resource")),
        ]);

        Assert.Equal((4, 1, 1), (assessment.Resources, assessment.Ours, assessment.Judged));
        Assert.Equal([("AKS", 2), ("Microsoft.X/things/y", 1)], assessment.Owners.Select(owner => (owner.Name, owner.Count)));
        Assert.Equal("AKS prod-1 sets its capacity: it manages the resource group x", assessment.Owners[0].Why);
    }

    [Fact]
    public void What_could_not_be_read_makes_it_partial()
    {
        Assert.Equal(["page 2 failed"], Of([], inventory: "page 2 failed").Gaps);
        Assert.True(Of([], gaps: ["the settings of s-1: 403"]).IsPartial);
        Assert.Equal(["why not"], Of([Assessed("a", new CapacityUse.Unjudged("why not"))]).NotJudged.Select(line => line.Why));
    }

    [Fact]
    public void Something_flaps_from_four_reversals_a_day_on()
    {
        var assessment = Of([Flapping("calm", 3.9), Flapping("worse", 20), Flapping("bad", 4)]);

        Assert.Equal(["worse", "bad"], assessment.Flapping.Select(each => each.Target.Id.Name));
    }

    [Fact]
    public void Where_autoscale_is_on_its_bounds_bring_counts_back_and_no_pipeline_is_suspected()
    {
        var jump = Use(5, 5) with { Jump = new RepeatedJump(3, 4, [5, 6], Some.Noon) };
        var native = Assessed("n", jump) is var each ? each with { Target = each.Target with { Native = new NativeAutoscale.Steerable(Some.Id("s"), 1, 5) } } : null!;

        Assert.Equal(["p"], Of([Assessed("p", jump), native]).Resets.Select(reset => reset.Target.Id.Name));
    }

    private static EstateAssessment Of(
        IReadOnlyList<AssessedTarget> targets, IReadOnlyList<ObservedTarget>? leftAlone = null, string? inventory = null, IReadOnlyList<string>? gaps = null)
    {
        IReadOnlyList<ObservedTarget> seen = [.. targets.Select(each => each.Target)];
        InventoryReading reading = inventory is null ? new InventoryReading.Complete(seen) : new InventoryReading.Partial(seen, inventory);
        return EstateAssessment.Of(new AssessmentFacts
        {
            At = Some.Noon,
            Terms = new AssessmentTerms(),
            Inventory = reading with { LeftAlone = leftAlone ?? [] },
            Targets = targets,
            Settings = [],
            Gaps = gaps ?? [],
        });
    }

    private static AssessedTarget Assessed(string name, double had, int needed, PriceReading? price = null) => new(
        Some.Target() with { Id = Some.Id(name) }, Use(had, needed), price ?? new PriceReading.Missing("none"));

    private static AssessedTarget Assessed(string name, CapacityUse use) => new(Some.Target() with { Id = Some.Id(name) }, use, new PriceReading.Missing("none"));

    private static AssessedTarget Flapping(string name, double reversals) => Assessed(name, Use(3, 3) with { ReversalsPerDay = reversals });

    private static CapacityUse.Judged Use(double had, int needed) => new() { MeanInstances = had, IsCountAssumed = false, Load = 1, MeanPercent = 20, Needed = needed, Coverage = 1 };

    private static ObservedTarget Owned(string name, CapacityOwner owner) => Some.Target() with { Id = Some.Id(name), Owner = owner };

    private static PriceReading.Known Euros(decimal amount) => Known(amount, "EUR");

    private static PriceReading.Known Dollars(decimal amount) => Known(amount, "USD");

    private static PriceReading.Known Known(decimal amount, string currency) => new(new Price(new Money(amount, currency), PriceBasis.Retail, new DateOnly(2026, 3, 1), "meter"));
}
