using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Spending;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Spending;

/// <summary>A set of ten D4 at 0.50 an hour; a D2 costs 0.25. Told at the end of 2 March, twelve hours after noon.</summary>
public sealed class SavingsRuleTests
{
    private static readonly DateTimeOffset Midnight = Some.Noon.AddHours(12);

    /// <summary>Four instances less for twelve hours.</summary>
    [Fact]
    public void What_we_took_saves_until_now()
    {
        var saved = Assert.Single(Of(Ours(0, 10, 6)));

        Assert.Equal((24m, Some.Noon, Midnight, "10 → 6 × D4", SavingConfidence.Estimated), (saved.Amount, saved.From, saved.Until, saved.Change, saved.Confidence));
    }

    /// <summary>4 taken at noon and 2 at one; 3 back at two: 2 for an hour, 1 for two hours, and 3 on to midnight.</summary>
    [Fact]
    public void What_is_needed_again_ends_the_last_that_was_taken()
    {
        var saved = Of(Ours(0, 10, 6), Ours(1, 6, 4, epoch: 2), Ours(2, 4, 7, epoch: 3));

        Assert.Equal([1m, 1m, 18m], saved.Select(each => each.Amount!.Value).Order());
        Assert.Equal(3, saved.Count);
        Assert.Equal(2, saved.Count(each => each.Note.Contains("needed again", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_count_that_somebody_else_sets_would_be_the_same_without_us()
    {
        var saved = Assert.Single(Of(Ours(0, 10, 6), new CapacityMove(Some.Noon.AddHours(3), 6, 8, "", "", null)));

        Assert.Equal((6m, Some.Noon.AddHours(3)), (saved.Amount, saved.Until));
        Assert.Contains("somebody else", saved.Note, StringComparison.Ordinal);
    }

    /// <summary>Taken eight days ago it saved for seven; of them this month, March, one hour of 1 March and no more.</summary>
    [Fact]
    public void After_a_week_nothing_is_claimed_and_a_month_gets_its_part()
    {
        var first = new DateTimeOffset(2026, 3, 1, 1, 0, 0, TimeSpan.Zero);
        var saved = Assert.Single(SavingsRule.Of(Facts([new CapacityMove(first.AddDays(-7), 10, 6, "D4", "D4", 1)])));

        Assert.Equal((2m, first), (saved.Amount, saved.Until));
    }

    [Fact]
    public void A_smaller_size_saves_the_difference_for_all_instances()
    {
        var saved = Assert.Single(Of(new CapacityMove(Some.Noon, 10, 10, "D4", "D2", 1)));

        Assert.Equal((30m, "10 × D4 → D2"), (saved.Amount, saved.Change));
    }

    /// <summary>Without us the larger one had been there all the time: the way back ends the saving, and costs nothing more.</summary>
    [Fact]
    public void A_larger_size_ends_it() =>
        Assert.Equal([2.5m], Of(new CapacityMove(Some.Noon, 10, 10, "D4", "D2", 1), new CapacityMove(Some.Noon.AddHours(1), 10, 10, "D2", "D4", 2)).Select(each => each.Amount!.Value));

    /// <summary>Eight of ten are paid in advance: two of the four that were taken save something.</summary>
    [Theory]
    [InlineData(0, 24)]
    [InlineData(5, 24)]
    [InlineData(8, 12)]
    [InlineData(10, 0)]
    public void What_is_paid_in_advance_saves_nothing(int committed, double amount) =>
        Assert.Equal((decimal)amount, Assert.Single(SavingsRule.Of(Facts([Ours(0, 10, 6)]) with { Committed = _ => committed })).Amount);

    [Fact]
    public void Without_a_price_there_is_no_amount() => Assert.Equal(
        (null, SavingConfidence.NotPriced), Assert.Single(SavingsRule.Of(Facts([Ours(0, 10, 6)]) with { PriceOf = (_, _) => null })) is var saved ? (saved.Amount, saved.Confidence) : default);

    /// <summary>Billed at 60 % of the price, through the day.</summary>
    /// <summary>0.125 + 0.125 + 0.005 are 0.255; printed they are 0.13 + 0.13 + 0.01, and that is what whoever adds them up finds.</summary>
    [Fact]
    public void The_total_is_the_sum_of_the_lines_as_they_are_printed()
    {
        var lines = new[] { 0.125m, 0.125m, 0.005m }.Select((amount, index) =>
            new SavedAction("web", index, Some.Noon, Some.At(60), "6 → 4", amount, index == 2 ? SavingConfidence.Estimated : SavingConfidence.Reconciled, "")).ToList();
        var statement = SavingsStatement.Of(SomeBudget.March, "USD", lines, Some.Noon);

        Assert.Equal((0.27m, 0.26m), (statement.Total, statement.Reconciled));
    }

    [Fact]
    public void The_bill_reconciles_what_it_covers()
    {
        var facts = Facts([Ours(0, 10, 6)]) with
        {
            Correction = new BillCorrection { OfScope = 1, ByResource = new Dictionary<string, decimal> { [SomeSpend.Web] = 0.6m } },
            BilledThrough = new DateOnly(2026, 3, 2),
        };

        Assert.Equal((14.4m, SavingConfidence.Reconciled), Told(facts));
        Assert.Equal((14.4m, SavingConfidence.Estimated), Told(facts with { BilledThrough = new DateOnly(2026, 3, 1) }));
        Assert.Equal((14.4m, SavingConfidence.Estimated), Told(facts with { AreCommitmentsKnown = false }));

        static (decimal?, SavingConfidence) Told(SavingFacts facts) => Assert.Single(SavingsRule.Of(facts)) is var saved ? (saved.Amount, saved.Confidence) : default;
    }

    /// <summary>Eight of ten are paid in advance, so that a tenth of the price is billed: two of four were paid for, and that is told at the price.</summary>
    [Fact]
    public void What_is_paid_in_advance_is_deducted_once()
    {
        var facts = Facts([Ours(0, 10, 6)]) with
        {
            Committed = sku => sku == "D4" ? 8 : 0,
            Correction = new BillCorrection { OfScope = 1, ByResource = new Dictionary<string, decimal> { [SomeSpend.Web] = 0.1m } },
            BilledThrough = new DateOnly(2026, 3, 2),
        };

        var saved = Assert.Single(SavingsRule.Of(facts));
        Assert.Equal((12m, SavingConfidence.Estimated, "8 are paid in advance"), (saved.Amount, saved.Confidence, saved.Note));

        var smaller = Assert.Single(SavingsRule.Of(facts with { Moves = [new CapacityMove(Some.Noon, 10, 10, "D8", "D4", 1)], PriceOf = (_, sku) => sku == "D8" ? 1 : 0.5m }));
        Assert.Equal((60m, SavingConfidence.Estimated), (smaller.Amount, smaller.Confidence));
    }

    private static CapacityMove Ours(double hours, int from, int to, long epoch = 1) => new(Some.Noon.AddHours(hours), from, to, "D4", "D4", epoch);

    private static IReadOnlyList<SavedAction> Of(params CapacityMove[] moves) => SavingsRule.Of(Facts(moves));

    private static SavingFacts Facts(IReadOnlyList<CapacityMove> moves) => new()
    {
        Resource = SomeSpend.Web,
        Period = new SpendPeriod(new DateOnly(2026, 3, 1), new DateOnly(2026, 4, 1)),
        Now = Midnight,
        Moves = moves,
        PriceOf = (_, sku) => sku == "D4" ? 0.5m : 0.25m,
        Committed = _ => 0,
        AreCommitmentsKnown = true,
        Correction = BillCorrection.None,
    };
}
