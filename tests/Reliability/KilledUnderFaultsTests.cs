using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>Workers killed while Azure misbehaves as well.</summary>
public sealed class KilledUnderFaultsTests(Scoreboard scoreboard)
{
    [Fact(Timeout = Timeouts.Counted)]
    public async Task A_worker_killed_in_doubt_over_a_write_that_was_dropped_before_it_landed_loses_nothing() => await RunAsync(
        "dropped before landing", new FaultRule { Method = "PATCH", Effect = new DropBeforeLanding() },
        ["action.doubt:start", "action.doubt:within", "action.doubt:stop", "action.end:start"], TestContext.Current.CancellationToken);

    [Fact(Timeout = Timeouts.Counted)]
    public async Task A_worker_killed_in_doubt_over_a_write_that_landed_without_an_answer_does_not_repeat_it() => await RunAsync(
        "dropped after landing", new FaultRule { Method = "PATCH", Effect = new DropAfterLanding() },
        ["action.doubt:start", "action.doubt:stop", "action.end:stop"], TestContext.Current.CancellationToken);

    [Fact(Timeout = Timeouts.Counted)]
    public async Task A_worker_killed_in_doubt_over_an_error_that_changed_nothing_loses_nothing() => await RunAsync(
        "500 without landing", new FaultRule { Method = "PATCH", Effect = new AnswerWith(500) },
        ["action.doubt:stop", "action.settle:stop"], TestContext.Current.CancellationToken);

    [Fact(Timeout = Timeouts.Counted)]
    public async Task A_worker_killed_in_doubt_over_an_error_that_hides_a_landing_does_not_repeat_it() => await RunAsync(
        "500 after landing", new FaultRule { Method = "PATCH", Effect = new AnswerWith(500, Lands: true) },
        ["action.doubt:start", "action.settle:start"], TestContext.Current.CancellationToken);

    /// <summary>Only one operation: it blocks its scale set for good.</summary>
    [Fact(Timeout = Timeouts.Counted)]
    public async Task A_worker_killed_while_an_operation_never_ends_gives_it_up_once() => await RunAsync(
        "an operation without an end", new FaultRule { Method = "PATCH", Effect = new OperationNeverEnds(), Times = 1 },
        ["action.accept:stop", "action.settle:stop", "action.end:start"], TestContext.Current.CancellationToken);

    private async Task RunAsync(string name, FaultRule fault, string[] steps, CancellationToken cancellationToken) => await Trials.RunAsync(
        scoreboard, [.. steps.Select(step => new KillPoint.Inside(step))], fault, $", {name}", cancellationToken);
}
