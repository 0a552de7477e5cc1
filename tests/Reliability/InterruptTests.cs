using System.Text.Json;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>A worker that is asked to end finishes what it has begun.</summary>
public sealed class InterruptTests
{
    [Theory(Timeout = Timeouts.Long)]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_worker_interrupted_amid_a_write_ends_cleanly_and_the_next_one_settles_the_action(string signal)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var ground = await ProvingGround.StartAsync(cancellationToken);
        var hold = Hold.OnWrite(ground, 2);
        await using var worker = ground.Serve(TimeSpan.FromDays(30));
        var target = await hold.TargetAsync(worker, cancellationToken);
        await worker.SignalAsync(signal);
        hold.Release();

        var end = await worker.EndAsync(cancellationToken);

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("interrupted; everything written is kept", end.Errors);
        Assert.Contains("instance-hours", end.Output);
        Assert.Contains("simulated in", end.Output);
        var epoch = ground.Sent.Last(sent => sent.Target == target).Intent!.Epoch;
        var interrupted = (await ground.GatherAsync(cancellationToken)).Targets.Single(each => each.Row.Target == target);
        Assert.Contains(interrupted.Entries, entry => entry.Kind == JournalKind.IntentAccepted && PhaseOf(entry) == epoch);
        var evidence = await ground.SettleAsync(cancellationToken);
        var settled = evidence.Targets.Single(each => each.Row.Target == target);
        Assert.Contains(IntentLife.Read(settled.Entries, Assert.Fail), life => life.Intent.Epoch == epoch && life.End == nameof(IntentEnd.Done));
        Judge.Of(evidence).RequireClean();
    }

    private static long PhaseOf(JournalEntry entry) => entry.Facts.Deserialize(FactsJson.Default.PhaseFacts)!.Epoch;
}
