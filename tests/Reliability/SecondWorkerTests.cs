namespace ScaleFunctions.Reliability.Tests;

/// <summary>One state has one worker.</summary>
public sealed class SecondWorkerTests
{
    [Fact(Timeout = Timeouts.Long)]
    public async Task A_second_worker_on_the_same_state_is_refused_and_the_first_goes_on()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var ground = await ProvingGround.StartAsync(cancellationToken);
        var hold = Hold.OnWrite(ground, 1);
        await using var first = ground.Serve(TimeSpan.FromMinutes(20));
        await hold.TargetAsync(first, cancellationToken);
        await using var second = ground.Serve(TimeSpan.FromMinutes(20));

        var refused = await second.EndAsync(cancellationToken);
        hold.Release();
        var end = await first.EndAsync(cancellationToken);

        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("error: another worker runs on the state in", refused.Errors);
        Assert.Single(refused.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(refused.Output);
        Assert.True(end.ExitCode == 0, end.ToString());
        Judge.Of(await ground.SettleAsync(cancellationToken)).RequireClean();
    }

    [Fact(Timeout = Timeouts.Long)]
    public async Task A_killed_worker_leaves_no_lock_behind()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var ground = await ProvingGround.StartAsync(cancellationToken);
        var hold = Hold.OnWrite(ground, 1);
        await using var first = ground.Serve(TimeSpan.FromMinutes(20));
        await hold.TargetAsync(first, cancellationToken);

        await first.KillAsync();
        hold.Release();

        Judge.Of(await ground.SettleAsync(cancellationToken)).RequireClean();
    }
}
