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

    public static int Count { get; } = int.Parse(
        Environment.GetEnvironmentVariable("RELIABILITY_TRIALS") ?? "2", CultureInfo.InvariantCulture);

    public static async Task RunAsync(
        Scoreboard scoreboard, IReadOnlyList<KillPoint> points, FaultRule? fault, string remark, CancellationToken cancellationToken)
    {
        await using var ground = await ProvingGround.StartAsync(cancellationToken);
        ground.Sandbox.Faults.Set(fault is null ? [] : [fault]);
        var lines = points.Select(point => new Scoreboard.Line($"{point}{remark}")).ToList();
        for (var trial = 0; trial < Count; trial++)
        {
            for (var i = 0; i < points.Count; i++)
            {
                var before = ground.Sandbox.Writes.Effective.Count;
                await points[i].KillAsync(ground, 1 + (((trial * 3) + i) % Meetings), cancellationToken);
                lines[i].Kills++;
                lines[i].Effective += ground.Sandbox.Writes.Effective.Count - before;
                lines[i].JournalBehind += await ground.IsJournalBehindAsync(cancellationToken) ? 1 : 0;
            }
        }

        var verdict = Judge.Of(await ground.SettleAsync(cancellationToken));
        scoreboard.Add(lines, verdict);
        verdict.RequireClean();
        Assert.True(verdict.Effective > 0, "nothing was ever written, so nothing was proved");
    }
}
