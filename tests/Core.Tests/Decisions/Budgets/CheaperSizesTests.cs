using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Budgets;

/// <summary>Four P2v3 of 4 cores and 16 GiB at 0.40 an hour. Arithmetic by hand.</summary>
public sealed class CheaperSizesTests
{
    private static readonly BudgetMeasure.CheaperSize Next = new("team", "cheaperSize", "", "EUR");

    /// <summary>30 % of 4 cores are 60 % of 2, and 20 % of 16 GiB are 40 % of 8: P1v3 would do.</summary>
    [Fact]
    public void The_next_cheaper_size_of_the_ladder_that_carries_the_load()
    {
        var decision = Decide(cpu: 30, memory: 20);

        Assert.Equal("P1v3", decision.Desired);
        Assert.Equal(new SizeReason.UnderBudget("team", "cheaperSize", 0.40m, 0.20m, "EUR", new SizeProjection(60, 40)), decision.Reason);
    }

    /// <summary>30 % of 4 cores are 120 % of one.</summary>
    [Fact]
    public void A_named_size_that_could_not_carry_the_load_is_refused() => AssertKeeps(
        "4 × P0v3 could not carry the load: 120 % of the processors would be used at the busiest moment, above 80",
        Decide(cpu: 30, memory: 20, measure: Next with { Size = "P0v3" }));

    /// <summary>50 % of 16 GiB are 100 % of 8.</summary>
    [Fact]
    public void So_is_one_without_the_memory() => AssertKeeps("100 % of the memory would be used at the busiest moment, above 90", Decide(cpu: 10, memory: 50));

    [Fact]
    public void A_named_size_need_not_be_on_the_ladder() => Assert.Equal("S2", Decide(cpu: 10, memory: 5, measure: Next with { Size = "S2" }).Desired);

    /// <summary>A rung below that costs as much is no saving, and one without a price might not be.</summary>
    [Fact]
    public void What_is_not_known_to_be_cheaper_is_passed_over()
    {
        Assert.Equal("P0v3", Decide(cpu: 10, memory: 10, prices: [("P2v3", 0.40m), ("P1v3", 0.40m), ("P0v3", 0.10m)]).Desired);
        Assert.Equal("P0v3", Decide(cpu: 10, memory: 10, prices: [("P2v3", 0.40m), ("P0v3", 0.10m)]).Desired);
        AssertKeeps("nothing cheaper is priced: P1v3 has no price, it was not read; P0v3 costs 0.4 an hour, P2v3 0.4", Decide(cpu: 10, memory: 10, prices: [("P2v3", 0.40m), ("P0v3", 0.40m)]));
        AssertKeeps("what P2v3 costs is not known", Decide(cpu: 10, memory: 10, prices: [("P1v3", 0.20m)]));
    }

    [Fact]
    public void More_instances_that_the_load_wants_now_come_first() =>
        AssertKeeps("the load wants 5 instances of P2v3 now, and there are 4", Decide(cpu: 10, memory: 10, wanted: 5));

    [Fact]
    public void The_end_of_the_ladder_and_what_is_beside_it_are_told()
    {
        AssertKeeps("nothing is below P0v3 on its ladder", Decide(cpu: 10, memory: 10, current: "P0v3"));
        AssertKeeps("S3 is not on the ladder of vertical", Decide(cpu: 10, memory: 10, current: "S3"));
    }

    [Fact]
    public void A_use_that_nobody_knows_makes_nothing_smaller()
    {
        var asked = Sizing(SomeSizes.Use(10), new SizeUse.Unknown("there are 12 of 288 samples of MemoryPercentage"), "P2v3");

        AssertKeeps("there are 12 of 288 samples of MemoryPercentage", CheaperSizes.Decide(Context(asked)));
    }

    private static void AssertKeeps(string why, SizeDecision decision)
    {
        Assert.False(decision.IsChange);
        Assert.Contains(why, Assert.IsType<SizeReason.NotUnderBudget>(decision.Reason).Why, StringComparison.Ordinal);
    }

    private static SizeDecision Decide(
        double cpu, double memory, BudgetMeasure.CheaperSize? measure = null, (string, decimal)[]? prices = null, int wanted = 4, string current = "P2v3") =>
        CheaperSizes.Decide(Context(Sizing(SomeSizes.Use(cpu), SomeSizes.Use(memory), current), measure, prices, wanted));

    private static CheaperSizeContext Context(SizeContext sizing, BudgetMeasure.CheaperSize? measure = null, (string Size, decimal PerHour)[]? prices = null, int wanted = 4) => new()
    {
        Measure = measure ?? Next,
        Sizing = sizing,
        Wanted = wanted,
        Prices = (prices ?? [("P2v3", 0.40m), ("P1v3", 0.20m), ("P0v3", 0.10m), ("S2", 0.15m), ("S3", 0.50m)])
            .ToDictionary(price => price.Size, price => (PriceReading)new PriceReading.Known(new Price(new Money(price.PerHour, "EUR"), PriceBasis.Retail, new DateOnly(2026, 3, 1), ""))),
    };

    private static SizeContext Sizing(SizeUse cpu, SizeUse memory, string current) => SomeSizes.Context(cpu, memory, current) with
    {
        Offers = PlanSizes.All,
        Policy = SomeSizes.Policy() with { Sizes = ["P0v3", "P1v3", "P2v3"] },
    };
}
