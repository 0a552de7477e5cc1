using System.Globalization;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// Kills worker after worker on one ground, at each of some points in turn, each time at a later meeting of the point; then
/// settles and judges. RELIABILITY_TRIALS says how many rounds; the longer form finds rarer things.
/// </summary>
internal static class Trials
{
    // So many that they are different targets and phases of their actions.
    private const int Meetings = 7;

    /// <summary>Rounds on one ground: after so many it is judged, and what was found is kept.</summary>
    private const int RoundsOfGround = 5;

    /// <summary>Of all tests together: more workers at a time than cores only wait for each other.</summary>
    private static readonly SemaphoreSlim Places = new(Environment.ProcessorCount);

    public static int Count { get; } = CountOr(2);

    /// <summary>How many trials somebody asked for, or as many as an ordinary run of the tests has.</summary>
    public static int CountOr(int ordinary) => Environment.GetEnvironmentVariable("RELIABILITY_TRIALS") is { Length: > 0 } text
        ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
        : ordinary;

    /// <summary>Does the trials of all numbers below the count, a few on each ground, as many grounds at a time as there are cores.</summary>
    public static Task InSharesAsync(int count, int share, Func<IReadOnlyList<int>, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, count).Chunk(share),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (numbers, token) =>
            {
                await Places.WaitAsync(token);
                try
                {
                    await work(numbers, token);
                }
                finally
                {
                    Places.Release();
                }
            });

    public static Task RunAsync(
        Scoreboard scoreboard, IReadOnlyList<KillPoint> points, FaultRule? fault, string remark, CancellationToken cancellationToken) => InSharesAsync(
            Count, RoundsOfGround, (rounds, token) => RunAsync(scoreboard, points, rounds, fault, remark, token), cancellationToken);

    private static async Task RunAsync(
        Scoreboard scoreboard, IReadOnlyList<KillPoint> points, IReadOnlyList<int> rounds, FaultRule? fault, string remark, CancellationToken cancellationToken)
    {
        await using var ground = await ProvingGround.StartAsync(cancellationToken);
        ground.Sandbox.Faults.Set(fault is null ? [] : [fault]);
        var lines = points.Select(point => new Scoreboard.Line($"{point}{remark}")).ToList();
        foreach (var round in rounds)
        {
            for (var i = 0; i < points.Count; i++)
            {
                var before = ground.Sandbox.Writes.Effective.Count;
                await points[i].KillAsync(ground, 1 + (((round * 3) + i) % Meetings), cancellationToken);
                lines[i].Kills++;
                lines[i].Effective += ground.Sandbox.Writes.Effective.Count - before;
                lines[i].JournalBehind += await ground.IsJournalBehindAsync(cancellationToken) ? 1 : 0;
            }
        }

        var verdict = Judge.Of(await ground.SettleAsync(cancellationToken));
        scoreboard.Add(lines, verdict);
        Figures.Add(lines.Sum(line => line.Kills), verdict);
        verdict.RequireClean();
        Assert.True(verdict.Effective > 0, "nothing was ever written, so nothing was proved");
    }
}
