using CsCheck;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Tests.Builders;
using static ScaleFunctions.Core.Tests.Builders.SomeSpend;

namespace ScaleFunctions.Core.Tests.Costs;

/// <summary>Ten instances at 0.50 an hour are 5 an hour, and 1.25 a quarter of an hour.</summary>
public sealed class FastClockTests
{
    private static readonly DateTimeOffset Start = Some.Noon;

    [Fact]
    public void An_hour_is_instances_times_price()
    {
        var day = After(Begun(), 4);

        Assert.Equal(5m, Row(day).Amount);
        Assert.Equal(5m, Row(day).Hours[12]);
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.Zero, TimeSpan.FromHours(10)), (Row(day).Covered, Row(day).Uncovered, Row(day).InstanceTime));
    }

    [Fact]
    public void A_late_or_double_tick_counts_nothing_twice()
    {
        var day = After(Begun(), 2);

        Assert.Same(day, FastClock.Count(day, Web10(Start.AddMinutes(30))));
        Assert.Same(day, FastClock.Count(day, Web10(Start.AddMinutes(15))));
    }

    /// <summary>10 to 20 at minute 5 of 15: 5 minutes of 10 and 10 of 20 are 250 instance-minutes.</summary>
    [Fact]
    public void Our_own_change_counts_by_its_time()
    {
        var at = Start.AddMinutes(15);
        var day = FastClock.Count(Begun(), Look(at, (Web, Seen(at, 20, changes: new CountChange(Start.AddMinutes(5), 20)))));

        Assert.Equal(TimeSpan.FromMinutes(250), Row(day).InstanceTime);
        Assert.Equal(decimal.Round(250m / 60 * 0.5m, 6), decimal.Round(Row(day).Amount, 6));
    }

    /// <summary>10 to 20 at an unknown time within 15 minutes: half of it each, 225 instance-minutes.</summary>
    [Fact]
    public void A_change_of_somebody_else_counts_from_the_middle()
    {
        var at = Start.AddMinutes(15);

        Assert.Equal(TimeSpan.FromMinutes(225), Row(FastClock.Count(Begun(), Look(at, (Web, Seen(at, 20))))).InstanceTime);
    }

    /// <summary>A size of 1.00 in place of 0.50: 10 × 7.5 minutes of each.</summary>
    [Fact]
    public void Another_size_counts_from_the_middle_at_its_price()
    {
        var at = Start.AddMinutes(15);
        var day = FastClock.Count(Begun(), Look(at, (Web, Seen(at, 10, Price(1), "D8"))));

        Assert.Equal(10m * 7.5m / 60 * 1.5m, decimal.Round(Row(day).Amount, 6));
    }

    [Fact]
    public void What_appears_and_what_goes_is_there_for_half_of_the_time_between()
    {
        var at = Start.AddMinutes(15);
        var day = FastClock.Count(Begun(), Look(at, (Api, Seen(at, 4))));

        Assert.Equal(TimeSpan.FromMinutes(75), Row(day).InstanceTime);
        Assert.Equal(TimeSpan.FromMinutes(30), Row(day, Api).InstanceTime);
        Assert.Equal(0, Row(day).Last.Instances);

        var later = FastClock.Count(day, Look(at.AddHours(3), (Api, Seen(at.AddHours(3), 4))));
        Assert.Equal((Row(day).Amount, Row(day).Uncovered), (Row(later).Amount, Row(later).Uncovered));
    }

    [Fact]
    public void What_is_stopped_costs_nothing_and_is_known_all_the_same()
    {
        var at = Start.AddMinutes(15);
        var begun = SpendDay.Begin("s-1", "USD", Look(Start, (Web, Seen(Start, 0, NoPrice))));
        var day = FastClock.Count(begun, Look(at, (Web, Seen(at, 0, NoPrice))));

        Assert.Equal((0m, TimeSpan.FromMinutes(15), TimeSpan.Zero), (Row(day).Amount, Row(day).Covered, Row(day).Uncovered));
    }

    [Fact]
    public void Without_a_price_time_is_uncovered_and_never_free()
    {
        var at = Start.AddMinutes(15);
        var begun = SpendDay.Begin("s-1", "USD", Look(Start, (Web, Seen(Start, 10, NoPrice))));

        Assert.Equal(
            (0m, TimeSpan.Zero, TimeSpan.FromMinutes(15)),
            FastClock.Count(begun, Look(at, (Web, Seen(at, 10, NoPrice)))) is var without ? (Row(without).Amount, Row(without).Covered, Row(without).Uncovered) : default);
        Assert.Equal(1.25m, Row(FastClock.Count(begun, Web10(at))).Amount);
    }

    /// <summary>Two hours without a look: 45 minutes are assumed, 75 are uncovered.</summary>
    [Fact]
    public void A_gap_is_assumed_for_a_while_and_uncovered_after()
    {
        var at = Start.AddHours(2);
        var seen = FastClock.Count(Begun(), Look(at, (Web, Seen(at, 30))));

        Assert.Equal((TimeSpan.FromMinutes(45), TimeSpan.FromMinutes(75)), (Row(seen).Covered, Row(seen).Uncovered));
        Assert.Equal(TimeSpan.FromMinutes(450), Row(seen).InstanceTime);
    }

    [Fact]
    public void An_incomplete_look_assumes_what_it_misses_as_long_as_a_gap()
    {
        var day = Begun();
        for (var quarter = 1; quarter <= 8; quarter++)
        {
            day = FastClock.Count(day, new SpendLook(Start.AddMinutes(15 * quarter), IsComplete: false, new Dictionary<string, SeenResource>()));
        }

        Assert.Equal((TimeSpan.FromMinutes(45), TimeSpan.FromMinutes(75)), (Row(day).Covered, Row(day).Uncovered));
    }

    /// <summary>From 23:50 to 00:05 a change from 10 to 20 is taken to be at 23:57:30.</summary>
    [Fact]
    public void Midnight_parts_a_stretch_and_loses_nothing()
    {
        var midnight = new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.Zero);
        var at = midnight.AddMinutes(5);
        var look = Look(at, (Web, Seen(at, 20)), (Api, Seen(at, 4)));
        var old = FastClock.Count(SpendDay.Begin("s-1", "USD", Web10(midnight.AddMinutes(-10))), look);
        var next = FastClock.Count(old.Next(), look);

        Assert.True(old.IsOver);
        Assert.False(old.IsWhole);
        Assert.Equal(TimeSpan.FromMinutes((10 * 7.5) + (20 * 2.5)), Row(old).InstanceTime);
        Assert.Equal(TimeSpan.FromMinutes(4 * 2.5), Row(old, Api).InstanceTime);
        Assert.Equal((TimeSpan.FromMinutes(100), TimeSpan.FromMinutes(20)), (Row(next).InstanceTime, Row(next, Api).InstanceTime));
        Assert.Equal((midnight, at), (next.From, next.Through));
    }

    /// <summary>However looks are spread, a fleet that does not change costs the same, and time is covered or uncovered, once.</summary>
    [Fact]
    public void Any_looks_at_what_does_not_change_count_the_same() => Gen.Int[1, 44].Array[1, 30].Sample(gaps =>
    {
        var (day, at) = (Begun(), Start);
        foreach (var gap in gaps)
        {
            at = at.AddMinutes(gap);
            var look = Web10(at);
            day = FastClock.Count(day, look);
            if (day.IsOver)
            {
                break;
            }
        }

        var row = Row(day);
        Assert.Equal(day.Through - day.From, row.Covered + row.Uncovered);
        Assert.Equal(TimeSpan.Zero, row.Uncovered);
        Assert.Equal((double)(5m * (decimal)(day.Through - day.From).TotalHours), (double)row.Amount, 5);
    }, iter: 300);

    private static SpendDay Begun() => SpendDay.Begin("s-1", "USD", Web10(Start));

    private static SpendDay After(SpendDay day, int quarters)
    {
        for (var quarter = 1; quarter <= quarters; quarter++)
        {
            day = FastClock.Count(day, Web10(Start.AddMinutes(15 * quarter)));
        }

        return day;
    }

    private static ResourceSpend Row(SpendDay day, string resource = Web) => day.Rows.Single(row => row.Resource == resource);
}
