using System.Collections.Concurrent;
using System.Globalization;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// The program over many simulated days, across a change of clocks, with a fault at one request in sixty: nothing is wrong at the end,
/// a floor by the clock on the wall held on every day, and memory and handles do not grow.
/// </summary>
public sealed class SoakTests
{
    private const int RequestsBetweenFaults = 60;
    private const int Floor = 6;

    /// <summary>In MiB a simulated day. Over few days the slope is mostly noise.</summary>
    private const double SteepestHeap = 1;

    private const int DaysOfSlope = 7;

    /// <summary>Connections that were cut are closed a little later.</summary>
    private const int MostMoreHandles = 20;

    private static readonly TimeSpan LoadStep = TimeSpan.FromMinutes(40);

    /// <summary>A raise may meet several faults.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    private static readonly TimeZoneInfo Zurich = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich");

    private static readonly FaultRule[] Faults =
    [
        .. new FaultEffect[] { new DropBeforeLanding(), new DropAfterLanding(), new AnswerWith(500), new AnswerWith(503, Lands: true), new Throttle(5), new TruncateAnswer(40) }
            .Select(effect => new FaultRule { Effect = effect, Times = 1 }),
        new() { Effect = new AnswerWith(200, Body: "<html>"), Method = "GET", Times = 1 },
    ];

    [Fact(Timeout = Timeouts.Counted)]
    public async Task Days_with_faults_and_a_change_of_clocks_leave_nothing_wrong_and_nothing_behind()
    {
        var token = TestContext.Current.CancellationToken;
        var days = Trials.CountOr(1);
        var start = FirstDay(days);
        await using var ground = await ProvingGround.StartAsync(
            new GroundSetup { Estate = new StirredEstate(start, LoadStep), Policies = Built.SoakPolicies }, token);
        var below = Watch(ground);
        var gauge = Path.GetTempFileName();
        try
        {
            await using (var worker = ground.Serve(TimeSpan.FromDays(days), ("MEASURE_TO", gauge)))
            {
                var end = await worker.EndAsync(token);
                Assert.True(end.ExitCode == 0, end.ToString());
            }

            Report(days, below, Judge.Of(await ground.SettleAsync(token)), Course.Read(gauge));
        }
        finally
        {
            File.Delete(gauge);
        }
    }

    /// <summary>Noon before the change of clocks: in spring for a few days, in autumn, in the middle of it, for more.</summary>
    private static DateTimeOffset FirstDay(int days) => days < DaysOfSlope
        ? new DateTimeOffset(2026, 3, 28, 12, 0, 0, TimeSpan.Zero)
        : new DateTimeOffset(2026, 10, 25, 12, 0, 0, TimeSpan.Zero).AddDays(-days / 2);

    private static void Report(int days, IReadOnlyCollection<string> below, Verdict verdict, Course course)
    {
        var figures = string.Create(
            CultureInfo.InvariantCulture,
            $"heap {course.HeapSlope:+0.0;-0.0} MiB a day, resident {course.ResidentSlope:+0.0;-0.0} MiB a day, {course.LeastHandles} to {course.MostHandles} handles");
        Figures.Add(days, verdict.Effective, verdict.Duplicates.Count, verdict.Wrong.Count + below.Count, figures);
        verdict.RequireClean();
        Assert.Empty(below);
        Assert.True(verdict.Effective > days * 20, "hardly anything was written, so nothing was proved");
        Assert.True(course.MostHandles - course.LeastHandles <= MostMoreHandles, figures);
        Assert.True(days < DaysOfSlope || course.HeapSlope <= SteepestHeap, figures);
    }

    /// <summary>Brings the faults, and notes each moment at which a resource has less than its floor.</summary>
    private static ConcurrentQueue<string> Watch(ProvingGround ground)
    {
        var (requests, last, below) = (0, ground.Sandbox.Clock.GetUtcNow(), new ConcurrentQueue<string>());
        ground.OnRequest = seen =>
        {
            if (seen.Moment != RequestMoment.Received)
            {
                return Task.CompletedTask;
            }

            var number = Interlocked.Increment(ref requests);
            if (number % RequestsBetweenFaults == 0)
            {
                ground.Sandbox.Faults.Set([Faults[number / RequestsBetweenFaults % Faults.Length]]);
            }

            if (seen.At - last >= TimeSpan.FromMinutes(1))
            {
                last = seen.At;
                foreach (var fleet in HasFloor(seen.At) ? ground.Sandbox.Estate.Report().Where(fleet => fleet.Capacity < Floor) : [])
                {
                    below.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{fleet.Target.Name} has {fleet.Capacity} at {seen.At:yyyy-MM-dd HH:mm}, below its floor"));
                }
            }

            return Task.CompletedTask;
        };
        return below;
    }

    /// <summary>Whether the floor has held for a while: from 01:30 to 04:30 on the wall, which is two to four hours.</summary>
    private static bool HasFloor(DateTimeOffset at) => IsNight(at) && IsNight(at - Grace);

    private static bool IsNight(DateTimeOffset at)
    {
        var wall = TimeZoneInfo.ConvertTime(at, Zurich).TimeOfDay;
        return wall >= new TimeSpan(1, 30, 0) && wall < new TimeSpan(4, 30, 0);
    }
}
