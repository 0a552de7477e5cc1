using System.Collections.Concurrent;
using System.Globalization;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// The program over simulated days, across a change of clocks, with a fault at one request in sixty: nothing is wrong at the end,
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
        var days = Trials.CountOr(0);
        var (start, length) = Span(days);
        await using var ground = await ProvingGround.StartAsync(
            new GroundSetup { Estate = new StirredEstate(start, LoadStep), Policies = Built.SoakPolicies }, token);
        var nights = new Nights();
        Watch(ground, nights);
        var gauge = Path.GetTempFileName();
        try
        {
            await using (var worker = ground.Serve(length, ("MEASURE_TO", gauge)))
            {
                var end = await worker.EndAsync(token);
                Assert.True(end.ExitCode == 0, end.ToString());
            }

            Report(days, nights, Judge.Of(await ground.SettleAsync(token)), Course.Read(gauge));
        }
        finally
        {
            File.Delete(gauge);
        }
    }

    /// <summary>
    /// An ordinary run of the tests has the night of the change of clocks in spring; a few days begin at the noon before it; more have
    /// that of autumn in their middle.
    /// </summary>
    private static (DateTimeOffset Start, TimeSpan Length) Span(int days)
    {
        var (spring, autumn) = (new DateTimeOffset(2026, 3, 28, 12, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 10, 25, 12, 0, 0, TimeSpan.Zero));
        return days == 0 ? (spring.AddHours(11), TimeSpan.FromHours(6))
            : days < DaysOfSlope ? (spring, TimeSpan.FromDays(days))
            : (autumn.AddDays(-days / 2), TimeSpan.FromDays(days));
    }

    private static void Report(int days, Nights nights, Verdict verdict, Course course)
    {
        var figures = string.Create(
            CultureInfo.InvariantCulture,
            $"heap {course.HeapSlope:+0.0;-0.0} MiB a day, resident {course.ResidentSlope:+0.0;-0.0} MiB a day, {course.LeastHandles} to {course.MostHandles} handles");
        Figures.Add(days, verdict.Effective, verdict.Duplicates.Count, verdict.Wrong.Count + nights.Below.Count, figures);
        verdict.RequireClean();
        Assert.Empty(nights.Below);
        Assert.True(nights.Looks >= Math.Max(1, days) * 60, "hardly anybody looked at night, so no floor was proved");
        Assert.True(verdict.Effective >= Math.Max(1, days) * 20, "hardly anything was written, so nothing was proved");
        Assert.True(course.MostHandles - course.LeastHandles <= MostMoreHandles, figures);
        Assert.True(days < DaysOfSlope || course.HeapSlope <= SteepestHeap, figures);
    }

    /// <summary>Brings the faults, and looks each minute whether a resource has less than its floor.</summary>
    private static void Watch(ProvingGround ground, Nights nights)
    {
        var (requests, last) = (0, ground.Sandbox.Clock.GetUtcNow());
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

            if (seen.At - last >= TimeSpan.FromMinutes(1) && HasFloor(seen.At))
            {
                last = seen.At;
                nights.Look(seen.At, ground.Sandbox.Estate.Report());
            }

            return Task.CompletedTask;
        };
    }

    /// <summary>Whether the floor has held for a while: from 01:30 to 04:30 on the wall, which is two to four hours.</summary>
    private static bool HasFloor(DateTimeOffset at) => IsNight(at) && IsNight(at - Grace);

    private static bool IsNight(DateTimeOffset at)
    {
        var wall = TimeZoneInfo.ConvertTime(at, Zurich).TimeOfDay;
        return wall >= new TimeSpan(1, 30, 0) && wall < new TimeSpan(4, 30, 0);
    }

    /// <summary>What was seen while the floor held.</summary>
    private sealed class Nights
    {
        private int _looks;

        public int Looks => _looks;

        public ConcurrentQueue<string> Below { get; } = new();

        public void Look(DateTimeOffset at, IReadOnlyList<FleetReport> fleets)
        {
            Interlocked.Increment(ref _looks);
            foreach (var fleet in fleets.Where(fleet => fleet.Capacity < Floor))
            {
                Below.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{fleet.Target.Name} has {fleet.Capacity} at {at:yyyy-MM-dd HH:mm}, below its floor"));
            }
        }
    }
}
