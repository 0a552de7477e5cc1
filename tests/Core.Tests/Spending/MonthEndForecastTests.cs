using CsCheck;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Forecasts;
using ScaleFunctions.Core.Spending;

namespace ScaleFunctions.Core.Tests.Spending;

public sealed class MonthEndForecastTests
{
    private static readonly SpendPeriod April = new(new DateOnly(2026, 4, 1), new DateOnly(2026, 5, 1));

    private static readonly DateTimeOffset Eleventh = new(2026, 4, 11, 0, 0, 0, TimeSpan.Zero);

    /// <summary>1,000 + 20 × 100; the spread of a day is 2 (2 % of 100), 1.2816 × 2 × √(20 × (1 + 19 ÷ 5)) = 25.11.</summary>
    [Fact]
    public void Ten_equal_days_go_on()
    {
        var end = MonthEndForecast.Of(History(Days(10, _ => 100), 1000), April, Eleventh);

        Assert.Equal(3000m, end.P50);
        Assert.Equal(3025.11m, decimal.Round(end.P90, 2));
        Assert.Equal("the median of the days", end.By);
    }

    /// <summary>70 on weekdays and 14 at weekends: 11 to 30 April 2026 are 14 weekdays and 6 days of a weekend, 14 × 70 + 6 × 14 = 1,064.</summary>
    [Fact]
    public void Two_weeks_tell_the_weekdays()
    {
        var end = MonthEndForecast.Of(History(Days(14, day => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 14 : 70), 500), April, Eleventh);

        Assert.Equal(1564m, end.P50);
        Assert.Equal("the same weekdays", end.By);
    }

    /// <summary>
    /// Ten days, the last three of which cost 900 in place of 100, and the first of April is young: 0 + 30 × 100. Their mean, 340,
    /// would say 10,200.
    /// </summary>
    [Fact]
    public void Three_dear_days_before_the_turn_of_the_month_are_no_habit()
    {
        var first = SpendDay.StartOf(April.Start);
        var end = MonthEndForecast.Of(History(Before(first, 10, ago => ago <= 3 ? 900 : 100), 0), April, first);

        Assert.Equal(3000m, end.P50);
    }

    /// <summary>
    /// The same of two weeks, where each weekday is known twice: Sunday 29 March to Tuesday 31 cost 900, and the medians of two would say
    /// 500 for Sundays, Mondays and Tuesdays.
    /// </summary>
    [Fact]
    public void Nor_are_they_where_each_weekday_is_known_twice()
    {
        var first = SpendDay.StartOf(April.Start);

        Assert.Equal((3000m, "the same weekdays"), MonthEndForecast.Of(History(Before(first, 14, ago => ago <= 3 ? 900 : 100), 0), April, first) is var end ? (end.P50, end.By) : default);
    }

    /// <summary>
    /// Days of 100, 10 of which are not counted; since noon of the second 15 an hour are, in place of 3.75. At six in the evening the last
    /// six hours, usually a quarter of what is counted, say 90 ÷ ¼ + 10 = 370 a day: 28.25 days × 370 are to come.
    /// </summary>
    [Fact]
    public void A_runaway_in_a_young_month_is_seen_after_six_hours()
    {
        var now = SpendDay.StartOf(April.Start).AddHours(42);
        var hours = Hours(now, 66, ago => ago <= 6 ? 15 : 3.75);
        var end = MonthEndForecast.Of(History(Before(now, 10, _ => 100), 235) with { Hours = hours, UncountedPerDay = 10 }, April, now);

        Assert.Equal(235 + (28.25m * 370), end.P50);
        Assert.Equal("the median of the days, and what is spent above them since lately", end.By);
    }

    /// <summary>The same after two hours: (30 − 7.5) ÷ 2 × 24 = 270 a day more, and not the 90 that six hours say, of which four were before it.</summary>
    [Fact]
    public void All_of_it_is_seen_after_two_hours()
    {
        var now = SpendDay.StartOf(April.Start).AddHours(38);
        var hours = Hours(now, 62, ago => ago <= 2 ? 15 : 3.75);
        var end = MonthEndForecast.Of(History(Before(now, 10, _ => 100), 175) with { Hours = hours, UncountedPerDay = 10 }, April, now);

        Assert.Equal(175 + ((30 - (38 / 24m)) * 370), end.P50, 2);
    }

    /// <summary>One dear hour may be a job that ends, and one that is over is no rate any more: 6 h say 33.75 × 4 + 10 = 145 a day.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void One_dear_hour_is_not_taken_for_all_that_come(int dear)
    {
        var now = SpendDay.StartOf(April.Start).AddHours(38);
        var hours = Hours(now, 62, ago => ago == dear ? 15 : 3.75);
        var end = MonthEndForecast.Of(History(Before(now, 10, _ => 100), 175) with { Hours = hours, UncountedPerDay = 10 }, April, now);

        Assert.Equal(175 + ((30 - (38 / 24m)) * 145), end.P50, 2);
    }

    /// <summary>Whatever the shape of days: from its second whole hour on a runaway that adds as much each hour is told nearly whole, never as more, and noise not at all.</summary>
    [Fact]
    public void A_runaway_is_told_from_its_second_hour_on_and_never_as_more_than_it_is() => Gen.Select(
        Gen.Double[0.5, 4].Array[24], Gen.Double[0.95, 1.05].Array[96], Gen.Int[30, 70], Gen.Int[0, 6], Gen.Double[1, 5]).Sample((shape, noise, at, since, times) =>
    {
        var now = SpendDay.StartOf(April.Start).AddHours(at);
        var perDay = shape.Sum();
        var added = times * perDay / 24;
        var hours = Hours(now, 96, ago => (shape[(((at - ago) % 24) + 24) % 24] * noise[ago - 1]) + (ago <= since ? added : 0));
        var days = Before(now, 10, _ => (decimal)perDay);
        var end = MonthEndForecast.Of(History(days, 0) with { Hours = hours }, April, now);
        var left = 30 - (at / 24d);
        var (calm, whole) = ((decimal)(left * perDay), (decimal)(left * (perDay + (24 * added))));

        Assert.True(end.P50 >= calm - 1, $"{end.P50} is less than {calm}");
        Assert.True(since > 0 || end.P50 < 1.01m * calm, $"{end.P50} where nothing is new: {calm}");
        Assert.True(end.P50 <= whole + (0.25m * calm), $"{end.P50} is more than {whole}");
        Assert.True(since < 2 || times < 3 || end.P50 > 0.5m * whole, $"{end.P50} is not half of {whole}");
    }, iter: 500);

    /// <summary>As much as on every evening is no runaway, though it is four times what an hour costs on the mean.</summary>
    [Fact]
    public void An_evening_that_is_dear_every_day_is_none()
    {
        var now = SpendDay.StartOf(April.Start).AddHours(48);
        var hours = Hours(now, 72, ago => (ago - 1) % 24 < 6 ? 15 : 0);
        var end = MonthEndForecast.Of(History(Before(now, 10, _ => 100), 200) with { Hours = hours, UncountedPerDay = 10 }, April, now);

        Assert.Equal(200 + (28 * 100m), end.P50);
    }

    /// <summary>What was not counted, and what is noise, changes nothing: of three hours that are missing nobody says that they cost nothing.</summary>
    [Theory]
    [InlineData(15, 40)]
    [InlineData(4.5, 66)]
    public void Neither_a_gap_nor_noise_is_a_runaway(double lately, int counted)
    {
        var now = SpendDay.StartOf(April.Start).AddHours(42);
        var hours = Hours(now, counted, ago => ago <= 6 ? lately : 3.75).Where(point => counted == 66 || point.At < now.AddHours(-3)).ToList();

        Assert.Equal(3000m, MonthEndForecast.Of(History(Before(now, 10, _ => 100), 175) with { Hours = hours, UncountedPerDay = 10 }, April, now).P50);
    }

    /// <summary>4 an hour for two weeks, the last three days 40, and it is over since midnight of the first: 30 × 96 and not 30 × 960.</summary>
    [Fact]
    public void Hours_that_were_dear_before_the_turn_and_are_not_any_more_are_no_habit_either()
    {
        var now = SpendDay.StartOf(April.Start).AddHours(12);
        var hours = Hours(now, (14 * 24) + 12, ago => ago is > 12 and <= 84 ? 40 : 4);
        var end = MonthEndForecast.Of(History(Before(now, 14, ago => ago <= 3 ? 960 : 96), 48) with { Hours = hours }, April, now);

        Assert.InRange(end.P50, 0.75m * 30 * 96, 1.25m * 30 * 96);
    }

    private static List<LoadPoint> Hours(DateTimeOffset end, int count, Func<int, double> amount) =>
        [.. Enumerable.Range(1, count).Reverse().Select(ago => new LoadPoint(end.AddHours(-ago), amount(ago)))];

    private static List<DaySpend> Before(DateTimeOffset end, int count, Func<int, decimal> amount) =>
        [.. Enumerable.Range(1, count).Reverse().Select(ago => new DaySpend(SpendDay.DayOf(end).AddDays(-ago), amount(ago)))];

    /// <summary>At noon of the second 36 are spent in 36 hours: 1 an hour, and 684 hours are left.</summary>
    [Fact]
    public void Without_a_whole_day_the_rate_goes_on() =>
        Assert.Equal(720m, MonthEndForecast.Of(History([], 36), April, new DateTimeOffset(2026, 4, 2, 12, 0, 0, TimeSpan.Zero)).P50);

    [Fact]
    public void What_is_over_costs_what_it_cost() => Assert.Equal(
        (5m, 5m), MonthEndForecast.Of(History(Days(10, _ => 100), 5), April, SpendDay.StartOf(April.End)) is var end ? (end.P50, end.P90) : default);

    /// <summary>4 an hour by day and 1 at night: 60 a day; to the month's end 20 days, and 10 a day for what is not counted.</summary>
    [Fact]
    public void Eight_days_of_hours_are_forecast_by_the_hour()
    {
        var hours = Enumerable.Range(0, 14 * 24).Select(back => Eleventh.AddHours(back - (14 * 24)))
            .Select(at => new LoadPoint(at, at.Hour is >= 8 and < 20 ? 4 : 1)).ToList();
        var end = MonthEndForecast.Of(History(Days(10, _ => 70), 700) with { Hours = hours, UncountedPerDay = 10 }, April, Eleventh);

        Assert.Equal("the forecaster, by the hour", end.By);
        Assert.InRange(end.P50, 700 + (20 * 70) - 30, 700 + (20 * 70) + 30);
    }

    /// <summary>What is far away is no matter of hours: nine months go on by the weekdays.</summary>
    [Fact]
    public void More_than_a_month_to_come_goes_on_by_the_day()
    {
        var hours = Enumerable.Range(0, 14 * 24).Select(back => Eleventh.AddHours(back - (14 * 24))).Select(at => new LoadPoint(at, 1)).ToList();
        var end = MonthEndForecast.Of(History(Days(14, _ => 24), 100) with { Hours = hours }, new SpendPeriod(new DateOnly(2026, 1, 1), new DateOnly(2027, 1, 1)), Eleventh);

        Assert.Equal(("the same weekdays", 100 + (265 * 24m)), (end.By, end.P50));
    }

    [Fact]
    public void P90_is_never_below_P50_and_P50_never_below_what_is_spent() =>
        Gen.Select(Gen.Double[-50, 500].Array[0, 40], Gen.Double[-2000, 5000], Gen.Int[0, 30 * 24 * 60]).Sample((amounts, soFar, minutes) =>
        {
            var now = SpendDay.StartOf(April.Start).AddMinutes(minutes);
            var days = amounts.Select((amount, index) => new DaySpend(SpendDay.DayOf(now).AddDays(index - amounts.Length), (decimal)amount)).ToList();
            var end = MonthEndForecast.Of(History(days, (decimal)soFar), April, now);

            Assert.True(end.P90 >= end.P50);
            Assert.True(end.P50 >= (decimal)soFar);
        }, iter: 2000);

    private static List<DaySpend> Days(int count, Func<DateOnly, decimal> amount) =>
        [.. Enumerable.Range(0, count).Select(index => new DateOnly(2026, 4, 11).AddDays(index - count)).Select(day => new DaySpend(day, amount(day)))];

    private static SpendHistory History(IReadOnlyList<DaySpend> days, decimal soFar) => new() { Days = days, Hours = [], UncountedPerDay = 0, SoFar = soFar };
}
