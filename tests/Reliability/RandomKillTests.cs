using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// Workers killed at moments nobody chose: a seeded number of requests after they began, and a seeded while after that, which may be
/// in the middle of anything.
/// </summary>
public sealed class RandomKillTests
{
    private const int Seed = 20260105;
    private const int MostKillsOfGround = 25;

    /// <summary>Moments of requests, of which a tick under load has about thirty: the kill falls into one of the first ticks.</summary>
    private const int MostMoments = 120;

    /// <summary>In microseconds: longer than what lies between two requests.</summary>
    private const int LongestWhile = 20_000;

    private static readonly TimeSpan LongEnough = TimeSpan.FromHours(3);

    [Fact(Timeout = Timeouts.Counted)]
    public async Task A_worker_killed_at_any_moment_doubles_nothing_and_loses_nothing()
    {
        var kills = Trials.CountOr(4);
        var share = Math.Clamp((kills + Environment.ProcessorCount - 1) / Environment.ProcessorCount, 1, MostKillsOfGround);
        await Trials.InSharesAsync(kills, share, RunAsync, TestContext.Current.CancellationToken);
    }

    private static async Task RunAsync(IReadOnlyList<int> kills, CancellationToken cancellationToken)
    {
        await using var ground = await ProvingGround.StartAsync(cancellationToken);
        foreach (var kill in kills)
        {
            await KillAsync(ground, new Random(Seed + kill), cancellationToken);
        }

        var verdict = Judge.Of(await ground.SettleAsync(cancellationToken));
        Figures.Add(kills.Count, verdict);
        verdict.RequireClean();
        Assert.True(verdict.Effective > 0, "nothing was ever written, so nothing was proved");
    }

    private static async Task KillAsync(ProvingGround ground, Random random, CancellationToken cancellationToken)
    {
        var (left, pause) = (1 + random.Next(MostMoments), TimeSpan.FromMicroseconds(random.Next(LongestWhile)));
        var isMet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ground.OnRequest = Count;
        await using var worker = ground.Serve(LongEnough);
        var end = worker.EndAsync(cancellationToken);
        await Task.WhenAny(isMet.Task, end);
        Moment.Pass(pause);
        await worker.KillAsync();
        ground.OnRequest = null;
        Assert.True((await end).ExitCode == Worker.KilledExitCode, $"it ended before it was killed: {await end}");

        Task Count(RequestObservation seen)
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                isMet.TrySetResult();
            }

            return Task.CompletedTask;
        }
    }
}
