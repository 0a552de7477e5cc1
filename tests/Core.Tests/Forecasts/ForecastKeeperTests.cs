using System.Text.Json;
using ScaleFunctions.Core.Forecasts;
using ScaleFunctions.Core.Forecasts.Loads;
using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.Forecasts.Trials;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Forecasts;

public sealed class ForecastKeeperTests
{
    private static readonly ForecastState Fresh = new() { Signal = "cpu" };

    private static readonly int Lead = ScheduleMaking.LeadSteps(Some.Minutes(6));

    [Fact]
    public void A_load_with_a_daily_shape_is_followed_after_two_weeks_of_history()
    {
        var state = After(days: 14, Daily);

        Assert.True(state.IsAccepted, state.WhyNot);
        Assert.All(state.Methods, method => Assert.InRange(method.Score.Weight, ForecastGate.LeastTrials, 20));
    }

    [Fact]
    public void One_day_of_history_is_too_little_to_act()
    {
        var state = After(days: 1, Daily);

        Assert.Equal("it is still learning: 0 of 12 trials", state.WhyNot);
        Assert.NotNull(ScheduleMaking.Of(state, Wish(), End(1)));
    }

    [Fact]
    public void A_load_that_repeats_to_the_last_bit_is_good_enough_a_forecast_too() =>
        Assert.True(After(days: 14, index => Daily(index % 96)).IsAccepted);

    [Fact]
    public void A_load_whose_days_have_nothing_in_common_is_followed_by_its_level()
    {
        var random = new Random(7);
        var load = 300d;
        var walk = Enumerable.Range(0, 14 * 96).Select(_ => load = Math.Clamp(load + (60 * (random.NextDouble() - 0.5)), 50, 1000)).ToList();

        var state = After(days: 14, index => walk[index]);

        Assert.True(state.Methods.First(method => method.Method == state.Champion).Score.Relative < 0.5);
    }

    [Fact]
    public void A_forecast_that_acts_is_stopped_when_the_load_leaves_its_bounds()
    {
        var state = After(days: 14, Daily);

        for (var index = 14 * 96; index < 15 * 96; index++)
        {
            state = ForecastKeeper.Refresh(state, [Bin(index, Daily(index) * (index % 7 < 4 ? 3 : 0.2))], leadSteps: Lead);
        }

        Assert.False(state.IsAccepted);
        Assert.Contains("100 loads were below the bound", state.WhyNot, StringComparison.Ordinal);
    }

    [Fact]
    public void Loads_that_capacity_capped_are_not_scored()
    {
        var state = After(days: 14, Daily);
        var weights = state.Methods.Select(method => method.Score.Weight);

        for (var index = 14 * 96; index < (14 * 96) + 40; index++)
        {
            state = ForecastKeeper.Refresh(state, [Bin(index, 1) with { IsCapped = true }], leadSteps: Lead);
        }

        Assert.True(state.IsAccepted, state.WhyNot);
        Assert.Equal(weights, state.Methods.Select(method => method.Score.Weight));
    }

    [Fact]
    public void Between_fits_the_level_follows_and_after_an_hour_it_is_fitted_anew()
    {
        var state = After(days: 14, Daily);
        var quarter = ForecastKeeper.Refresh(state, [Bin(14 * 96, 2 * Daily(14 * 96))], leadSteps: Lead);

        Assert.Equal(state.FittedAt, quarter.FittedAt);
        Assert.All(quarter.Methods, method => Assert.Equal(1, method.Fit.Seen));
        Assert.True(quarter.Methods[0].Fit.MeanAt(2) > state.Methods[0].Fit.MeanAt(2));

        var hour = ForecastKeeper.Refresh(quarter, Enumerable.Range((14 * 96) + 1, 3).Select(index => Bin(index, Daily(index))), leadSteps: Lead);
        Assert.Equal(state.FittedAt.AddHours(1), hour.FittedAt);
        Assert.All(hour.Methods, method => Assert.Equal(state.Methods[0].CalibratedAt, method.CalibratedAt));
    }

    [Fact]
    public void Another_lead_is_learned_at_once() =>
        Assert.NotNull(ScheduleMaking.Of(ForecastKeeper.Refresh(After(days: 14, Daily), [], leadSteps: ScheduleMaking.LeadSteps(Some.Minutes(60))), Wish() with { Lead = Some.Minutes(60) }, End(14)));

    [Fact]
    public void A_state_that_was_stored_goes_on_where_it_was()
    {
        var state = After(days: 14, Daily);
        var read = Stored(state);

        Assert.Equal(
            ScheduleMaking.Of(ForecastKeeper.Refresh(state, [Bin(14 * 96, 100)], Lead), Wish(), End(14))!.Steps,
            ScheduleMaking.Of(ForecastKeeper.Refresh(read, [Bin(14 * 96, 100)], Lead), Wish(), End(14))!.Steps);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(42)]
    public void A_load_that_never_changes_is_forecast_as_it_is(double load)
    {
        var schedule = ScheduleMaking.Of(After(days: 14, _ => load), Wish(), End(14))!;

        Assert.All(schedule.Steps, step => Assert.Equal((load, load, 1), (step.Mean, step.Upper, step.Instances)));
    }

    [Fact]
    public void Without_loads_there_is_no_schedule_and_a_reason()
    {
        Assert.Null(ScheduleMaking.Of(ForecastKeeper.Refresh(Fresh, [], Lead), Wish(), Some.Noon));
        Assert.Equal("no load is known yet", ForecastKeeper.Refresh(Fresh, [], Lead).WhyNot);
        Assert.Contains("a forecast needs 8 steps", ForecastKeeper.Refresh(Fresh, [Bin(0, 5)], Lead).WhyNot, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schedule_rises_before_the_load_does()
    {
        var evening = new DateTimeOffset(2026, 3, 15, 19, 0, 0, TimeSpan.Zero);
        var schedule = ScheduleMaking.Of(After(days: 14, Daily, until: evening), Wish() with { Quantile = 0.95 }, evening)!;

        Assert.Equal(24 * 12, schedule.Steps.Count);
        Assert.Equal(evening, schedule.Steps[0].At);
        Assert.All(schedule.Steps, step => Assert.True(step.Upper >= step.Mean));
        Assert.True(schedule.Highest(evening, evening.AddMinutes(60))!.Instances < schedule.Highest(evening.AddHours(4), evening.AddHours(5))!.Instances);
        Assert.Equal("", schedule.ForecastOnly);
    }

    [Fact]
    public void Until_an_instance_could_serve_the_highest_load_of_that_time_counts()
    {
        var state = After(days: 14, Daily);
        var fit = state.Methods.First(method => method.Method == state.Champion).Fit;

        // The last whole quarter of an hour ended 20 minutes ago; the next refresh is a quarter of an hour away.
        var now = End(14).AddMinutes(20);
        var until = now.AddMinutes(15) + Wish().Lead + PredictiveSchedule.Step;
        var soon = ScheduleMaking.Of(state, Wish(), now)!.Steps.TakeWhile(step => step.At < until).ToList();

        Assert.Equal(6, soon.Count);
        Assert.All(soon, step => Assert.True(step.Upper >= fit.MaximumOver(Lead, 0.9), $"{step.At}"));
    }

    [Fact]
    public void A_score_against_a_day_before_without_any_error_can_be_stored()
    {
        var state = After(days: 14, Daily);
        state = state with { Methods = [.. state.Methods.Select(method => method with { Score = new ForecastScore(20, 5, 0, 19, 1) })] };

        var read = Stored(ForecastKeeper.Refresh(state, [], Lead));

        Assert.Equal("its error is 1000.00 times that of the load a day before", read.WhyNot);
        Assert.Equal(state.Methods[0].Score, read.Methods[0].Score);
    }

    [Fact]
    public void What_is_calculated_is_not_stored()
    {
        var json = JsonSerializer.Serialize(After(days: 14, Daily), ForecastJson.Default.ForecastState);

        Assert.InRange(json.Length, 50_000, 120_000);
        Assert.All(
            ["relative", "coverage", "horizon", "points", "end", "mean", "complete"],
            name => Assert.DoesNotContain($"\"{name}\":", json, StringComparison.Ordinal));
    }

    [Fact]
    public void More_than_three_days_off_in_a_row_throw_nothing_away()
    {
        static bool IsDayOff(DateTimeOffset time) => time >= End(14) && time < End(19);
        var state = After(days: 14, Daily);

        var back = ForecastKeeper.Refresh(state, Enumerable.Range(14 * 96, (5 * 96) + 2).Select(index => Bin(index, Daily(index))), Lead, IsDayOff);

        Assert.True(back.IsAccepted, back.WhyNot);
        Assert.Equal(End(19).AddMinutes(30), back.FittedAt);
        Assert.Equal(state.Methods.Select(method => method.Score.Weight), back.Methods.Select(method => method.Score.Weight));
    }

    [Fact]
    public void What_a_method_has_done_outlasts_a_history_that_cannot_be_forecast()
    {
        var state = After(days: 14, Daily);

        var gone = Stored(ForecastKeeper.Refresh(state, [Bin(19 * 96, 300)], Lead));
        var back = ForecastKeeper.Refresh(gone, Enumerable.Range(19 * 96, 12).Select(index => Bin(index, Daily(index))), Lead);

        Assert.Equal((0, false), (gone.Methods.Count, gone.IsAccepted));
        Assert.Equal(state.Methods.Select(method => method.Score), back.Methods.Select(method => method.Score));
        Assert.Empty(back.Earlier);
    }

    [Fact]
    public void A_schedule_made_of_load_older_than_two_hours_raises_nothing()
    {
        var state = After(days: 14, Daily);

        Assert.Equal("", ScheduleMaking.Of(state, Wish(), End(14).AddHours(2))!.ForecastOnly);
        Assert.Equal("no load since 2026-03-16 12:00 UTC", ScheduleMaking.Of(state, Wish(), End(14).AddHours(2).AddMinutes(1))!.ForecastOnly);
    }

    [Fact]
    public void Load_of_a_day_off_is_load_though_nothing_is_learned_of_it()
    {
        var state = ForecastKeeper.Refresh(After(days: 14, Daily), Enumerable.Range(14 * 96, 40).Select(index => Bin(index, 1)), Lead, time => time >= End(14));

        Assert.Equal(End(14), state.Grid.End);
        Assert.Equal("", ScheduleMaking.Of(state, Wish(), End(14).AddHours(10))!.ForecastOnly);
    }

    [Fact]
    public void That_loads_below_zero_are_gaps_is_told_where_they_are_missing()
    {
        var all = ForecastKeeper.Refresh(Fresh, [Bin(0, -5)], Lead);
        var most = ForecastKeeper.Refresh(Fresh, [Bin(0, 5), Bin(1, -5)], Lead);

        Assert.Equal("no load is known yet; the load was below zero in 1 of the last 1 quarters of an hour, which counts as a gap", all.WhyNot);
        Assert.EndsWith("below zero in 1 of the last 2 quarters of an hour, which counts as a gap", most.WhyNot, StringComparison.Ordinal);
    }

    [Fact]
    public void What_began_together_is_calibrated_apart()
    {
        var state = After(days: 14, Daily, spread: TimeSpan.FromHours(4));
        var first = Next(state, hours: 2);
        var second = Next(first, hours: 6);

        Assert.All(state.Methods, method => Assert.Equal(End(14).AddHours(-4), method.CalibratedAt));
        Assert.All(first.Methods, method => Assert.Equal(End(14).AddHours(2), method.CalibratedAt));
        Assert.All(second.Methods, method => Assert.Equal(End(14).AddHours(8), method.CalibratedAt));

        static ForecastState Next(ForecastState state, int hours)
        {
            var from = (int)((state.Grid.End - Some.Noon) / LoadBin.Length);
            return ForecastKeeper.Refresh(state, Enumerable.Range(from, 4 * hours).Select(index => Bin(index, Daily(index))), Lead);
        }
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "the policy says forecastOnly")]
    public void The_policy_decides_whether_it_may_act(bool mayAct, string reason) =>
        Assert.Equal(reason, ScheduleMaking.Of(After(days: 14, Daily), Wish() with { MayAct = mayAct }, End(14))!.ForecastOnly);

    [Fact]
    public void Of_a_day_off_nothing_is_learned_and_on_it_nothing_is_asked_for()
    {
        var off = new DateTimeOffset(2026, 3, 17, 0, 0, 0, TimeSpan.Zero);
        bool IsDayOff(DateTimeOffset time) => time >= off && time < off.AddDays(1);

        var state = After(days: 14, Daily);
        var later = ForecastKeeper.Refresh(state, Enumerable.Range(14 * 96, 96).Select(index => Bin(index, 9999)), leadSteps: Lead, IsDayOff);
        var schedule = ScheduleMaking.Of(state, Wish() with { IsDayOff = IsDayOff }, End(14))!;

        Assert.Equal(off, later.Grid.End);
        Assert.DoesNotContain(schedule.Steps, step => IsDayOff(step.At));
        Assert.Contains(schedule.Steps, step => step.At < off);
        Assert.Null(schedule.Highest(off, off.AddHours(6)));
    }

    private static ForecastWish Wish() => new() { Signal = "cpu", LoadPerInstance = 60, Quantile = 0.9, Lead = Some.Minutes(6), MayAct = true };

    private static DateTimeOffset End(int days) => Some.Noon.AddDays(days);

    private static ForecastState Stored(ForecastState state) =>
        JsonSerializer.Deserialize(JsonSerializer.Serialize(state, ForecastJson.Default.ForecastState), ForecastJson.Default.ForecastState)!;

    private static ForecastState After(int days, Func<int, double> load, DateTimeOffset? until = null, TimeSpan spread = default)
    {
        var bins = Enumerable.Range(0, days * 96).Select(index => Bin(index, load(index)));
        return ForecastKeeper.Refresh(Fresh with { Spread = spread }, until is null ? bins : bins.Where(bin => bin.At < until), Lead);
    }

    // Midnight to midnight, with a little that nobody can foresee.
    private static double Daily(int index)
    {
        var noise = ((index * 7919 % 1000) / 1000d) - 0.5;
        return 300 + (200 * Math.Sin(2 * Math.PI * (index - 24) / 96)) + (40 * noise);
    }

    private static LoadBin Bin(int index, double load) => new(Some.At(15 * index), load, 1, false);
}
