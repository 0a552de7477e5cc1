using CsCheck;
using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.Core.Tests.Backtests;

public sealed class FleetReplayTests
{
    private static readonly DemandSeries Daily = DemandSeries.Scale("daily", Waves.Daily(8), 20);

    [Fact]
    public void A_policy_is_first_asked_in_minute_seven_and_sees_all_but_the_last_minute()
    {
        var looks = new List<(int Minute, int Seen)>();
        Replay(new ScriptedPolicy(view =>
        {
            looks.Add((view.Minute, view.Seen));
            Assert.Equal((view.Seen, view.Seen), (view.Cpu.Length, view.Serving.Length));
            return view.Capacity;
        }));

        Assert.Equal(Enumerable.Range(7, Daily.Minutes - 7).Select(minute => (minute, minute - 1)), looks);
    }

    [Fact]
    public void An_instance_asked_for_is_billed_at_once_and_serves_after_the_boot_time()
    {
        var course = Replay(new ScriptedPolicy(view => view.Minute == 100 ? 30 : view.Minute < 100 ? 25 : view.Capacity));

        Assert.Equal([25, 30, 30, 30, 30, 30], course.Billed.Skip(99).Take(6));
        Assert.Equal([25, 25, 25, 25, 25, 30], course.Serving.Skip(99).Take(6));
        Assert.Equal((5, 0), (course.Changes[100], course.Changes[101]));
    }

    [Fact]
    public void The_load_seen_ends_where_processors_are_full()
    {
        var checkedMinutes = 0;
        Replay(new ScriptedPolicy(view =>
        {
            for (var minute = view.Seen - 1; minute < view.Seen; minute++)
            {
                var carried = Math.Min(Daily.Demand[minute], view.Serving[minute] / 0.8);
                Assert.Equal(carried, view.Load[minute], 9);
                Assert.Equal(Math.Min(1, 0.8 * Daily.Demand[minute] / view.Serving[minute]), view.Cpu[minute], 9);
                checkedMinutes += view.Cpu[minute] >= 1 ? 1 : 0;
            }

            return 14;
        }));

        Assert.True(checkedMinutes > 1000);
    }

    [Fact]
    public void Bounds_hold_whatever_is_wanted()
    {
        Assert.Equal(Daily.MaximumInstances, Replay(new ScriptedPolicy(_ => 10_000)).Serving[^1]);
        Assert.Equal(1, Replay(new ScriptedPolicy(_ => -3)).Serving[^1]);
    }

    [Fact]
    public void Ready_is_the_least_that_was_wanted_within_the_boot_time() => Gen.Int[1, 40].Array[200].Sample(
        wishes =>
        {
            var course = Replay(new ScriptedPolicy(view => wishes[view.Minute % wishes.Length]));
            for (var minute = 20; minute < 400; minute++)
            {
                Assert.Equal(course.Billed.Skip(minute - 4).Take(5).Min(), course.Serving[minute]);
            }
        },
        iter: 20);

    [Fact]
    public void A_replay_can_be_interrupted()
    {
        using var interrupted = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => FleetReplay.Run(
            Daily,
            new ScriptedPolicy(view =>
            {
                if (view.Minute == 2000)
                {
                    interrupted.Cancel();
                }

                Assert.True(view.Minute < 4000);
                return view.Capacity;
            }),
            interrupted.Token));
    }

    private static FleetCourse Replay(ScriptedPolicy policy) => FleetReplay.Run(Daily, policy, TestContext.Current.CancellationToken);
}
