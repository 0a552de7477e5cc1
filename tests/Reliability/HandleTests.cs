using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>The kill switch and the pause, set by another process while a worker is in the middle of a write.</summary>
public sealed class HandleTests
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(60);

    /// <summary>By then every target has a row, so that it can be paused.</summary>
    private const int HeldWrite = 6;

    [Fact(Timeout = Timeouts.Long)]
    public async Task After_the_kill_switch_is_set_only_the_write_already_on_its_way_arrives()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var ground = await ProvingGround.StartAsync(cancellationToken);
        await ServeAsync(ground, [_ => ["kill-switch", "on", "--reason", "drill"]], cancellationToken);

        Assert.Equal(HeldWrite, ground.Sent.Count);
        await RunAsync(ground, ["kill-switch", "off", "--reason", "drill over"], cancellationToken);
        var verdict = Judge.Of(await ground.SettleAsync(cancellationToken));
        verdict.RequireClean();
        Assert.True(verdict.Effective > HeldWrite, "nothing was written after the switch was cleared: there was nothing to stop");
    }

    [Fact(Timeout = Timeouts.Long)]
    public async Task After_a_target_is_paused_amid_a_write_nothing_more_is_written_to_it()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var ground = await ProvingGround.StartAsync(cancellationToken);
        var written = await ServeAsync(ground, [target => Pause(target.Name), target => Pause(Other(target))], cancellationToken);
        var paused = ground.Sandbox.Estate.Spec.ScaleSets.Select(each => each.Id).Where(id => id == written || id.Name == Other(written)).ToList();
        Assert.Equal(2, paused.Count);

        var since = ground.Sent.Skip(HeldWrite).Select(sent => sent.Target).ToList();

        Assert.NotEmpty(since);
        Assert.DoesNotContain(since, paused.Contains);
        await RunAsync(ground, ["resume", written.Name, "--reason", "drill over"], cancellationToken);
        await RunAsync(ground, ["resume", Other(written), "--reason", "drill over"], cancellationToken);
        ground.OnRequest = null;
        await using (var worker = ground.Serve(Span))
        {
            Assert.Equal(0, (await worker.EndAsync(cancellationToken)).ExitCode);
        }

        Assert.All(paused, target => Assert.Contains(ground.Sent.Skip(HeldWrite), sent => sent.Target == target));
        Judge.Of(await ground.SettleAsync(cancellationToken)).RequireClean();
    }

    private static string[] Pause(string name) => ["pause", name, "--reason", "drill"];

    private static string Other(TargetId target) => target.Name == "web" ? "api" : "web";

    /// <summary>Serves for a while, and runs verbs to their end while one write is held.</summary>
    private static async Task<TargetId> ServeAsync(ProvingGround ground, Func<TargetId, string[]>[] verbs, CancellationToken cancellationToken)
    {
        var hold = Hold.OnWrite(ground, HeldWrite);
        await using var worker = ground.Serve(Span);
        var target = await hold.TargetAsync(worker, cancellationToken);
        foreach (var verb in verbs)
        {
            await RunAsync(ground, verb(target), cancellationToken);
        }

        hold.Release();
        var end = await worker.EndAsync(cancellationToken);
        Assert.True(end.ExitCode == 0, end.ToString());
        return target;
    }

    private static async Task RunAsync(ProvingGround ground, string[] verb, CancellationToken cancellationToken)
    {
        var end = await ground.RunAsync(cancellationToken, verb);
        Assert.True(end.ExitCode == 0, end.ToString());
    }
}
