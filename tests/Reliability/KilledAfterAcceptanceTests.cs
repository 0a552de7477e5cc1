namespace ScaleFunctions.Reliability.Tests;

/// <summary>Workers killed at the start, at the end and in the middle of the steps that follow a write.</summary>
public sealed class KilledAfterAcceptanceTests(Scoreboard scoreboard)
{
    [Theory(Timeout = Timeouts.Counted)]
    [InlineData("action.accept:start", "action.accept:within", "action.accept:stop", "action.settle:start", "action.settle:stop")]
    [InlineData(
        "action.end:start", "action.end:within", "action.end:stop", "action.check:start", "action.check:stop", "tick:start", "tick:stop")]
    public async Task A_worker_killed_after_a_write_doubles_nothing_and_loses_nothing(params string[] steps) =>
        await Trials.RunAsync(
            scoreboard, [.. steps.Select(step => new KillPoint.Inside(step))], fault: null, remark: "", TestContext.Current.CancellationToken);
}
