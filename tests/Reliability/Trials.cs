using System.Globalization;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// Kills worker after worker on one ground, each at the same point but a later time it is met, then settles and judges.
/// RELIABILITY_TRIALS says how many; the longer form finds rarer things.
/// </summary>
internal static class Trials
{
    /// <summary>Longer than it takes to meet any point as often as asked for; reaching it fails the trial.</summary>
    private static readonly TimeSpan LongEnough = TimeSpan.FromHours(3);

    public static int Count { get; } = int.Parse(
        Environment.GetEnvironmentVariable("RELIABILITY_TRIALS") ?? "2", CultureInfo.InvariantCulture);

    /// <summary>Kills inside the worker, at a step of an action.</summary>
    public static async Task KillInsideAsync(Scoreboard scoreboard, string point, string title, IReadOnlyList<FaultRule> faults, CancellationToken cancellationToken)
    {
        await using var ground = await ProvingGround.StartAsync(cancellationToken);
        ground.Sandbox.Faults.Set(faults);
        for (var trial = 0; trial < Count; trial++)
        {
            var killAt = $"{point}:{Meeting(trial)}{(point.EndsWith("within", StringComparison.Ordinal) ? $":{Microseconds(trial)}" : "")}";
            await using var worker = ground.Serve(LongEnough, killAt);
            var end = await worker.EndAsync(cancellationToken);
            Assert.True(end.ExitCode == Worker.KilledExitCode && end.Errors.Contains($"[killed at {killAt}]"), $"not killed at {killAt}: {end}");
        }

        await JudgeAsync(scoreboard, ground, title, cancellationToken);
    }

    /// <summary>Kills from outside, at a moment of a request that the worker has sent.</summary>
    public static async Task KillOutsideAsync(
        Scoreboard scoreboard, string method, RequestKind kind, RequestMoment moment, string title, IReadOnlyList<FaultRule> faults,
        CancellationToken cancellationToken)
    {
        await using var ground = await ProvingGround.StartAsync(cancellationToken);
        ground.Sandbox.Faults.Set(faults);
        for (var trial = 0; trial < Count; trial++)
        {
            var left = Meeting(trial);
            var started = new TaskCompletionSource<Worker>();
            ground.OnRequest = async seen =>
            {
                if (seen.Method == method && seen.Kind == kind && seen.Moment == moment && Interlocked.Decrement(ref left) == 0)
                {
                    await (await started.Task).KillAsync();
                }
            };
            await using var worker = ground.Serve(LongEnough);
            started.SetResult(worker);
            var end = await worker.EndAsync(cancellationToken);
            Assert.True(end.ExitCode == Worker.KilledExitCode && left <= 0, $"not killed at {title}: {end}");
        }

        await JudgeAsync(scoreboard, ground, title, cancellationToken);
    }

    private static async Task JudgeAsync(Scoreboard scoreboard, ProvingGround ground, string title, CancellationToken cancellationToken)
    {
        var verdict = Judge.Of(await ground.SettleAsync(cancellationToken));
        scoreboard.Add(title, Count, verdict);
        verdict.RequireClean();
        Assert.True(verdict.Effective > 0, "nothing was ever written, so nothing was proved");
    }

    // The first, second, … fifth time the point is met: with four targets these are different targets and phases.
    private static int Meeting(int trial) => 1 + (trial % 5);

    // Spread over the length of a step, which is two flushed commits.
    private static int Microseconds(int trial) => 150 + (trial * 377 % 3000);
}
