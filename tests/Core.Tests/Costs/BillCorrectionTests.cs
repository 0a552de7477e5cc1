using ScaleFunctions.Core.Costs;
using static ScaleFunctions.Core.Tests.Builders.SomeSpend;

namespace ScaleFunctions.Core.Tests.Costs;

public sealed class BillCorrectionTests
{
    private static readonly DateOnly First = new(2026, 3, 1);

    /// <summary>(n × 60 + 2 × 120) ÷ (n × 120 + 2 × 120) for half the price.</summary>
    [Theory]
    [InlineData(1, 0.8333)]
    [InlineData(3, 0.7)]
    [InlineData(14, 0.5625)]
    public void Few_days_prove_little(int days, double ratio) =>
        Assert.Equal((decimal)ratio, Learn(days, [.. Billed(First, days, 60)]).For(Web));

    /// <summary>Bounds: 35 days paid in advance would make (0 + 240) ÷ (35 × 120 + 240) = 0.054, and a correction of a year's bill anything.</summary>
    [Fact]
    public void A_credit_or_a_large_correction_is_kept_within_bounds()
    {
        Assert.Equal(BillCorrection.Least, Learn(10, [.. Billed(First, 10, -500)]).For(Web));
        Assert.Equal(BillCorrection.Most, Learn(10, [.. Billed(First, 10, 5000)]).For(Web));
    }

    [Fact]
    public void What_has_no_day_of_its_own_takes_that_of_the_scope() =>
        Assert.Equal(0.7m, Learn(3, [.. Billed(First, 3, 60)]).For(Api));

    [Fact]
    public void Days_that_are_not_whole_or_not_billed_yet_prove_nothing()
    {
        SpendDay[] counted = [Whole(First) with { From = SpendDay.StartOf(First).AddHours(3) }, Whole(First.AddDays(1))];

        Assert.Same(BillCorrection.None, BillCorrection.Learn(counted, Billed(First, 2, 60), First));
    }

    private static BillCorrection Learn(int days, IReadOnlyList<BilledDay> billed) =>
        BillCorrection.Learn(Enumerable.Range(0, days).Select(offset => Whole(First.AddDays(offset))), billed, First.AddDays(days - 1));
}
