using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>Workers killed while a request of theirs is at a certain moment in Azure.</summary>
public sealed class KilledFromOutsideTests(Scoreboard scoreboard)
{
    private static readonly KillPoint WriteReceived = new KillPoint.Outside("PATCH", RequestKind.ScaleSet, RequestMoment.Received);

    [Fact(Timeout = Timeouts.Counted)]
    public async Task A_worker_killed_while_Azure_has_its_write_doubles_nothing_and_loses_nothing() => await RunAsync(
        [
            WriteReceived,
            new KillPoint.Outside("PATCH", RequestKind.ScaleSet, RequestMoment.Applied),
            new KillPoint.Outside("PATCH", RequestKind.ScaleSet, RequestMoment.Answered),
        ],
        TestContext.Current.CancellationToken);

    [Fact(Timeout = Timeouts.Counted)]
    public async Task A_worker_killed_while_Azure_has_its_read_doubles_nothing_and_loses_nothing() => await RunAsync(
        [
            new KillPoint.Outside("GET", RequestKind.ScaleSet, RequestMoment.Received),
            new KillPoint.Outside("GET", RequestKind.ScaleSet, RequestMoment.Answered),
            new KillPoint.Outside("GET", RequestKind.Operation, RequestMoment.Received),
            new KillPoint.Outside("GET", RequestKind.Operation, RequestMoment.Answered),
            new KillPoint.Outside("GET", RequestKind.InstanceView, RequestMoment.Received),
        ],
        TestContext.Current.CancellationToken);

    [Fact(Timeout = Timeouts.Counted)]
    public async Task A_write_lost_on_the_wire_together_with_its_worker_is_found_not_landed() => await Trials.RunAsync(
        scoreboard, [WriteReceived], new FaultRule { Method = "PATCH", Effect = new DropBeforeLanding() }, ", then lost",
        TestContext.Current.CancellationToken);

    private async Task RunAsync(KillPoint[] points, CancellationToken cancellationToken) =>
        await Trials.RunAsync(scoreboard, points, fault: null, remark: "", cancellationToken);
}
