using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>Workers killed while a request of theirs is at a certain moment in Azure.</summary>
public sealed class KilledFromOutsideTests(Scoreboard scoreboard)
{
    [Theory(Timeout = Timeouts.Long)]
    [InlineData("GET", RequestKind.ScaleSet, RequestMoment.Received)]
    [InlineData("GET", RequestKind.ScaleSet, RequestMoment.Answered)]
    [InlineData("PATCH", RequestKind.ScaleSet, RequestMoment.Received)]
    [InlineData("PATCH", RequestKind.ScaleSet, RequestMoment.Applied)]
    [InlineData("PATCH", RequestKind.ScaleSet, RequestMoment.Answered)]
    [InlineData("GET", RequestKind.Operation, RequestMoment.Received)]
    [InlineData("GET", RequestKind.Operation, RequestMoment.Answered)]
    [InlineData("GET", RequestKind.InstanceView, RequestMoment.Received)]
    public async Task A_worker_killed_while_Azure_has_its_request_leaves_nothing_doubled_and_nothing_lost(
        string method, RequestKind kind, RequestMoment moment) =>
        await Trials.KillOutsideAsync(
            scoreboard, method, kind, moment, $"{method} {kind}: {moment}", [], TestContext.Current.CancellationToken);

    [Fact(Timeout = Timeouts.Long)]
    public async Task A_write_lost_on_the_wire_together_with_its_worker_is_found_not_landed() =>
        await Trials.KillOutsideAsync(
            scoreboard, "PATCH", RequestKind.ScaleSet, RequestMoment.Received, "PATCH ScaleSet: Received, then lost",
            [new FaultRule { Method = "PATCH", Effect = new DropBeforeLanding() }], TestContext.Current.CancellationToken);
}
