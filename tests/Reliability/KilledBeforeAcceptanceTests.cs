namespace ScaleFunctions.Reliability.Tests;

/// <summary>Workers killed at the start, at the end and in the middle of the steps that lead to a write.</summary>
public sealed class KilledBeforeAcceptanceTests(Scoreboard scoreboard)
{
    [Theory(Timeout = Timeouts.Counted)]
    [InlineData("action.read:start", "action.read:stop", "action.open:start", "action.open:within", "action.open:stop")]
    [InlineData(
        "action.send:start", "action.send:within", "action.send:stop", "action.write:start", "action.write:within", "action.write:stop")]
    public async Task A_worker_killed_on_its_way_to_a_write_doubles_nothing_and_loses_nothing(params string[] steps) =>
        await Trials.RunAsync(
            scoreboard, [.. steps.Select(step => new KillPoint.Inside(step))], fault: null, remark: "", TestContext.Current.CancellationToken);
}
