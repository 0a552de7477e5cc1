using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Policies.Schedules;

namespace ScaleFunctions.Core.Tests.Decisions.Usage;

/// <summary>One look each, at 22:00 of Monday 5 January 2026, off since 19:00 with 6 instances of D4 to come back.</summary>
public sealed class OffHoursGuardsTests
{
    private static readonly DateTimeOffset Edge = new(2026, 1, 5, 19, 0, 0, TimeSpan.Zero);

    private static readonly OffHoursTerms Terms = new() { Schedule = OffScheduleTests.Office("UTC"), Instances = 0 };

    private static readonly OffContext Down = new()
    {
        Now = Edge.AddHours(3),
        Terms = Terms,
        Schedule = Terms.Schedule,
        Current = 0,
        Size = "D4",
        IsOurs = true,
        IsSettled = true,
        Memory = new OffMemory(Edge, 6, "D4", 0, Edge) { IsLowered = true, DownAt = Edge.AddMinutes(1) },
    };

    [Fact]
    public void More_than_were_left_were_started_by_somebody_only_where_the_count_is_not_ours_and_nothing_is_under_way()
    {
        Assert.IsType<OffWish.Leave>(OffHours.Decide(Down with { Current = 2, IsOurs = false }).Wish);
        Assert.IsType<OffWish.Lower>(OffHours.Decide(Down with { Current = 2 }).Wish);
        Assert.IsType<OffWish.Lower>(OffHours.Decide(Down with { Current = 2, IsOurs = false, IsSettled = false }).Wish);
    }

    [Fact]
    public void No_smaller_size_is_asked_for_while_somebody_works_on_it_or_something_is_under_way()
    {
        var sized = Down with { Terms = Terms with { Size = "B1" } };

        Assert.Equal("B1", OffHours.Decide(sized).Size);
        Assert.Null(OffHours.Decide(sized with { Use = new UseReading.Busy("cpu was 40") }).Size);
        Assert.Null(OffHours.Decide(sized with { Use = new UseReading.Unknown("403") }).Size);
        Assert.Null(OffHours.Decide(sized with { Problem = "its tags could not be read" }).Size);
        Assert.Null(OffHours.Decide(sized with { IsSettled = false }).Size);
    }

    /// <summary>A start of ten minutes and a spread of twenty: half an hour before seven.</summary>
    [Fact]
    public void What_is_spread_comes_back_that_much_earlier()
    {
        var spread = Down with { Spread = TimeSpan.FromMinutes(20) };

        Assert.Equal(Edge.AddHours(12).AddMinutes(-10), OffHours.SlotOf(Down).Until);
        Assert.Equal(Edge.AddHours(12).AddMinutes(-30), OffHours.SlotOf(spread).Until);
    }
}
