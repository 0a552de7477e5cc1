using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Spending;
using static ScaleFunctions.Core.Tests.Builders.SomeSpend;

namespace ScaleFunctions.Core.Tests.Spending;

/// <summary>A set that is counted at 120 a day and billed at 60, and a disk that is billed at 20 and not counted.</summary>
public sealed class SpendStatementTests
{
    private static readonly SpendPeriod April = new(new DateOnly(2026, 4, 1), new DateOnly(2026, 5, 1));

    private static readonly DateOnly Eighth = new(2026, 4, 8);

    private static readonly DateTimeOffset Now = new(2026, 4, 10, 12, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Billed 1 to 8 April: 8 × 80. Counted on the 9th, and half of the 10th: 1.5 × 120 × 0.6, which is (8 × 60 + 240) ÷ (8 × 120 + 240) of
    /// eight days. The disk: 1.5 × 20. Coverage: 60 of 80.
    /// </summary>
    [Fact]
    public void The_bill_the_count_and_what_is_not_counted_add_up()
    {
        var known = Known(Read(Counted(10), Bills(8)));

        Assert.Equal((640m, Eighth), (known.Billed, known.BilledThrough!.Value));
        Assert.Equal(1.5m * 120 * 0.6m, known.Counted);
        Assert.Equal(30m, known.Extrapolated);
        Assert.Equal(0.75, known.Coverage, 9);
        Assert.Equal(("USD", "the forecaster, by the hour"), (known.Currency, known.EndBy));
        Assert.Equal(640 + 108 + 30, known.SoFar);
        Assert.True(known.EndP90 >= known.EndP50 && known.EndP50 > known.SoFar);
    }

    /// <summary>Eight days as billed, at 80; the ninth as counted, 120 × 0.6, with the disk's 20; half of the tenth so far.</summary>
    [Fact]
    public void Each_day_is_told_and_all_add_up()
    {
        var known = Known(Read(Counted(10), Bills(8)));

        Assert.Equal([80, 80, 80, 80, 80, 80, 80, 80, 92, 46], known.ByDay);
        Assert.Equal(known.SoFar, known.ByDay.Sum());
    }

    /// <summary>A day of which nothing is known is a day all the same; a refund is one's of its day.</summary>
    [Fact]
    public void Days_without_anything_have_their_place()
    {
        Assert.Equal(10, Known(Read([], Bills(8))).ByDay.Count);
        Assert.Equal(80 - 700, Known(Read(Counted(10), Bills(8, new BilledDay(Eighth, "", -700)))).ByDay[7]);
        Assert.Single(Known(SpendStatement.Of(April, [], Bills(0), SpendDay.StartOf(April.Start).AddHours(1))).ByDay);
    }

    [Fact]
    public void At_list_price_nothing_is_corrected() =>
        Assert.Equal(180m, Known(SpendStatement.Of(April, Counted(10), Bills(8), Now, isCorrected: false)).Counted);

    /// <summary>A refund of 700 on the eighth: the month is below zero, and goes on from there.</summary>
    [Fact]
    public void A_bill_may_go_down()
    {
        var before = Known(Read(Counted(10), Bills(8)));
        var after = Known(Read(Counted(10), Bills(8, new BilledDay(Eighth, "", -700))));

        Assert.Equal(before.Billed - 700, after.Billed);
        Assert.True(after.SoFar < before.SoFar && after.EndP50 >= after.SoFar);
        Assert.Equal(0.75, after.Coverage, 9);
    }

    [Fact]
    public void Another_currency_is_missing_and_never_converted()
    {
        var why = Assert.IsType<SpendReading.Missing>(Read(Counted(10), Bills(8) with { Currency = "CHF" })).Why;

        Assert.Contains("billed in CHF and counted in USD", why, StringComparison.Ordinal);
        Assert.Contains("currency: CHF", why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bill_that_cannot_be_read_is_missing() => Assert.Equal(
        "the bill could not be read: refused", Assert.IsType<SpendReading.Missing>(Read(Counted(10), new BilledReading.Missing("refused"))).Why);

    [Fact]
    public void A_period_to_come_is_missing() =>
        Assert.IsType<SpendReading.Missing>(SpendStatement.Of(April, Counted(10), Bills(8), SpendDay.StartOf(April.Start).AddTicks(-1)));

    /// <summary>Nothing was counted: 1.5 days at 80 a day, with no coverage at all.</summary>
    [Fact]
    public void What_nobody_counts_is_extrapolated()
    {
        var known = Known(Read([], Bills(8)));

        Assert.Equal((0m, 120m, 0d), (known.Counted, known.Extrapolated, known.Coverage));
    }

    /// <summary>Nobody looked since noon of the tenth: what a usual day stands for is counted by nobody, however little of the time that is.</summary>
    [Theory]
    [InlineData(0.5, 0.75)]
    [InlineData(0.75, 0.75)]
    [InlineData(1d, 0d)]
    [InlineData(200d, 0d)]
    public void Who_does_not_look_covers_nothing(double hours, double coverage) =>
        Assert.Equal(coverage, Known(SpendStatement.Of(April, Counted(10), Bills(8), Now.AddHours(hours))).Coverage, 9);

    /// <summary>18 of the 36 hours since the bill were not seen.</summary>
    [Fact]
    public void A_gap_since_the_bill_is_not_covered()
    {
        var ninth = Whole(new DateOnly(2026, 4, 9)) with { Rows = [Row(Web, 30, Now) with { Covered = TimeSpan.FromHours(6), Uncovered = TimeSpan.FromHours(18) }] };

        Assert.Equal(0.75 / 2, Known(Read([.. Counted(8), ninth, Half()], Bills(8))).Coverage, 9);
    }

    [Fact]
    public void What_has_lost_its_price_or_is_not_seen_now_is_not_covered()
    {
        var row = Half().Rows[0];

        Assert.Equal(0, Known(Read([.. Counted(9), Half() with { Rows = [row with { Last = row.Last with { Price = NoPrice } }] }], Bills(8))).Coverage);
        Assert.Equal(0, Known(Read([.. Counted(9), Half() with { Rows = [row with { Last = row.Last with { At = Now.AddHours(-1) } }] }], Bills(8))).Coverage);
        Assert.Equal(0.75, Known(Read([.. Counted(9), Half() with { Rows = [row with { Last = row.Last with { At = Now.AddHours(-1), Instances = 0 } }] }], Bills(8))).Coverage, 9);
    }

    /// <summary>The fast clock began an hour ago: what it has not seen before was no gap.</summary>
    [Fact]
    public void Time_before_the_first_look_is_no_gap() => Assert.Equal(
        0.75, Known(Read([Half() with { From = Now.AddHours(-1), Rows = [Row(Web, 5, Now) with { Covered = TimeSpan.FromHours(1) }] }], Bills(8))).Coverage, 9);

    /// <summary>The other subscription, with 20 of 80, is not looked at any more.</summary>
    [Fact]
    public void One_subscription_that_is_not_looked_at_takes_its_share()
    {
        var other = Enumerable.Range(0, 8).Select(offset => Whole(April.Start.AddDays(offset), 20, Disk) with { Subscription = "s-2" });

        Assert.Equal(0.75, Known(Read([.. Counted(10), .. other], Bills(8))).Coverage, 9);
    }

    /// <summary>The fast clock began at noon of the ninth: half a day of 60 is missing beside the disk.</summary>
    [Fact]
    public void Time_before_the_first_look_is_extrapolated_from_the_bill()
    {
        var ninth = new DateOnly(2026, 4, 9);
        var begun = Whole(ninth) with { From = SpendDay.StartOf(ninth).AddHours(12), Rows = [Row(Web, 60, Now) with { Covered = TimeSpan.FromHours(12) }] };

        Assert.Equal(30m + 30m, Known(Read([begun, Half()], Bills(8))).Extrapolated);
    }

    /// <summary>On the ninth nobody knew the price for six of 24 hours: a quarter of 60 is missing.</summary>
    [Fact]
    public void Uncovered_time_is_extrapolated_from_the_bill()
    {
        var ninth = Whole(new DateOnly(2026, 4, 9)) with { Rows = [Row(Web, 90, Now) with { Covered = TimeSpan.FromHours(18), Uncovered = TimeSpan.FromHours(6) }] };

        Assert.Equal(15m + 30m, Known(Read([.. Counted(8), ninth, Half()], Bills(8))).Extrapolated);
    }

    /// <summary>A day that is billed late is used by nobody before it is whole.</summary>
    [Fact]
    public void Days_that_still_grow_are_counted_in_place_of_billed()
    {
        var early = Bills(8, new BilledDay(new DateOnly(2026, 4, 9), Web, 3));

        Assert.Equal(640m, Known(Read(Counted(10), early)).Billed);
        Assert.Equal(108m, Known(Read(Counted(10), early)).Counted);
    }

    /// <summary>On the first of a month the bill of the month before says what things cost; nothing of this one is billed.</summary>
    [Fact]
    public void A_month_begins_with_nothing_billed()
    {
        var known = Known(SpendStatement.Of(new SpendPeriod(new DateOnly(2026, 4, 10), new DateOnly(2026, 5, 10)), Counted(10), Bills(8), Now));

        Assert.Equal((0m, null), (known.Billed, known.BilledThrough));
        Assert.Equal(0.5m * 120 * 0.6m, known.Counted);
        Assert.Equal(10m, known.Extrapolated);
    }

    /// <summary>Nine days at 120 and half of the tenth: nothing is billed, which does not say that it is cheap.</summary>
    [Fact]
    public void An_empty_bill_teaches_nothing() => Assert.Equal(1140m, Known(SpendStatement.Of(
        new SpendPeriod(new DateOnly(2026, 4, 1), new DateOnly(2026, 5, 1)), [.. Enumerable.Range(-20, 20).Select(offset => Whole(April.Start.AddDays(offset))), .. Counted(10)],
        Bill(null), Now)).Counted);

    private static SpendReading Read(IReadOnlyList<SpendDay> counted, BilledReading bill) => SpendStatement.Of(April, counted, bill, Now);

    private static SpendReading.Known Known(SpendReading reading) => Assert.IsType<SpendReading.Known>(reading);

    /// <summary>Whole days from the first on; the tenth is half over.</summary>
    private static IReadOnlyList<SpendDay> Counted(int days) =>
        [.. Enumerable.Range(0, Math.Min(days, 9)).Select(offset => Whole(April.Start.AddDays(offset))), .. days >= 10 ? [Half()] : Array.Empty<SpendDay>()];

    private static SpendDay Half() => Whole(new DateOnly(2026, 4, 10)) with { Through = Now, Rows = [Row(Web, 60, Now) with { Covered = TimeSpan.FromHours(12) }] };

    private static BilledReading.Known Bills(int days, params BilledDay[] more) =>
        Bill(April.Start.AddDays(days - 1), [.. Billed(April.Start, days, 60), .. Billed(April.Start, days, 20, Disk), .. more]);
}
