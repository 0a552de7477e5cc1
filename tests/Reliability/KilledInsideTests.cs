namespace ScaleFunctions.Reliability.Tests;

/// <summary>Workers killed at the start, at the end and in the middle of each step of an action.</summary>
public sealed class KilledInsideTests(Scoreboard scoreboard)
{
    [Theory(Timeout = Timeouts.Long)]
    [InlineData("action.read:start")]
    [InlineData("action.read:stop")]
    [InlineData("action.open:start")]
    [InlineData("action.open:within")]
    [InlineData("action.open:stop")]
    [InlineData("action.send:start")]
    [InlineData("action.send:within")]
    [InlineData("action.send:stop")]
    [InlineData("action.write:start")]
    [InlineData("action.write:within")]
    [InlineData("action.write:stop")]
    public async Task A_worker_killed_before_Azure_took_its_write_leaves_nothing_doubled_and_nothing_lost(string point) =>
        await Trials.KillInsideAsync(scoreboard, point, point, [], TestContext.Current.CancellationToken);
}

/// <summary>The other half of the steps; a class of its own so that the halves run side by side.</summary>
public sealed class KilledAfterwardsTests(Scoreboard scoreboard)
{
    [Theory(Timeout = Timeouts.Long)]
    [InlineData("action.accept:start")]
    [InlineData("action.accept:within")]
    [InlineData("action.accept:stop")]
    [InlineData("action.settle:start")]
    [InlineData("action.settle:stop")]
    [InlineData("action.end:start")]
    [InlineData("action.end:within")]
    [InlineData("action.end:stop")]
    [InlineData("action.check:start")]
    [InlineData("action.check:stop")]
    [InlineData("tick:start")]
    [InlineData("tick:stop")]
    public async Task A_worker_killed_after_Azure_took_its_write_leaves_nothing_doubled_and_nothing_lost(string point) =>
        await Trials.KillInsideAsync(scoreboard, point, point, [], TestContext.Current.CancellationToken);
}
