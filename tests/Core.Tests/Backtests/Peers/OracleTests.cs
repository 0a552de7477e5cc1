using CsCheck;
using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Backtests.Peers;

namespace ScaleFunctions.Core.Tests.Backtests.Peers;

public sealed class OracleTests
{
    [Fact]
    public void Keeps_an_instance_through_a_lull_of_up_to_the_boot_time()
    {
        var course = Plan([3, 1, 1, 3, 1, 1, 1, 3], bootMinutes: 2);

        Assert.Equal([3, 3, 3, 3, 1, 1, 1, 3], course.Serving);
        Assert.Equal([3, 3, 3, 3, 1, 1, 1, 3 + (2 * 2)], course.Billed);
        Assert.Equal([0, 0, 0, 0, -2, 0, 0, 2], course.Changes);
    }

    [Fact]
    public void No_course_without_a_short_minute_is_cheaper() => Gen.Select(Gen.Int[1, 5].Array[1, 14], Gen.Int[0, 4]).Sample((needed, boot) =>
    {
        var course = Plan(needed, boot);

        Assert.All(needed.Zip(course.Serving), minute => Assert.True(minute.Second >= minute.First));
        Assert.Equal(LeastCost(needed, boot), course.Billed.Sum());
    });

    /// <summary>Every minute puts its need behind enough idle ones that the warm-up is over.</summary>
    private static FleetCourse Plan(int[] needed, int bootMinutes)
    {
        var load = new double[(7 * 1440) + Math.Max(1440, needed.Length)];
        Array.Fill(load, needed[^1]);
        needed.Select(count => (double)count).ToArray().CopyTo(load.AsSpan(7 * 1440));
        var scored = load.AsSpan(7 * 1440).ToArray();
        var series = DemandSeries.Scale("a", load, scored.Average());
        var course = Oracle.Plan(series, bootMinutes);
        return new FleetCourse(Scored(course.Serving), Scored(course.Billed), Scored(course.Changes));

        IReadOnlyList<int> Scored(IReadOnlyList<int> minutes) => [.. minutes.Skip(7 * 1440).Take(needed.Length)];
    }

    /// <summary>The cheapest course by trying all, minute by minute: the first is given, an instance that begins later costs its boot time.</summary>
    private static int LeastCost(int[] needed, int boot)
    {
        var least = Enumerable.Range(0, needed.Max() + 1).Select(count => count == needed[0] ? count : int.MaxValue / 2).ToArray();
        foreach (var need in needed.Skip(1))
        {
            least = [.. least.Select((_, count) => count < need
                ? int.MaxValue / 2
                : least.Select((cost, before) => cost + count + (Math.Max(0, count - before) * boot)).Min())];
        }

        return least.Min();
    }
}
