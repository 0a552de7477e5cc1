using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Tests.Requests;

public sealed class RequestObservationTests
{
    [Fact]
    public async Task A_write_is_seen_when_received_applied_and_answered()
    {
        await using var host = await SandboxHost.StartAsync();
        var seen = new List<(RequestMoment, int Capacity, int? Status)>();
        host.Server.Observer = (observation, _) =>
        {
            seen.Add((observation.Moment, host.Server.Estate.CapacityOf(SandboxHost.Web), observation.Status));
            return ValueTask.CompletedTask;
        };
        await host.PatchAsync(SandboxHost.Web, 9);
        await host.Server.DisposeAsync();

        Assert.Equal(
            [(RequestMoment.Received, 5, null), (RequestMoment.Applied, 9, null), (RequestMoment.Answered, 9, (int?)200)], seen);
    }

    [Fact]
    public async Task A_capacity_can_be_changed_between_a_read_and_a_write()
    {
        await using var host = await SandboxHost.StartAsync();
        host.Server.Observer = (observation, _) =>
        {
            if (observation is { Moment: RequestMoment.Received, Method: "PATCH" })
            {
                host.Server.Estate.SetCapacity(SandboxHost.Web, 20);
            }

            return ValueTask.CompletedTask;
        };
        var read = await host.GetAsync(SandboxHost.Url(SandboxHost.Web));
        var write = await host.PatchAsync(SandboxHost.Web, 6, read.ETag);

        Assert.Equal(412, write.Status);
        Assert.Equal(20, host.Server.Estate.CapacityOf(SandboxHost.Web));
    }

    [Fact]
    public async Task A_write_that_arrived_lands_even_when_its_client_dies()
    {
        await using var host = await SandboxHost.StartAsync();
        using var client = CancellationTokenSource.CreateLinkedTokenSource(SandboxHost.Cancel);
        var answered = new TaskCompletionSource();
        host.Server.Observer = async (observation, _) =>
        {
            if (observation.Moment == RequestMoment.Received)
            {
                await client.CancelAsync();
            }
            else if (observation.Moment == RequestMoment.Answered)
            {
                answered.SetResult();
            }
        };
        using var body = new StringContent("""{"sku":{"capacity":9}}""");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => host.Client.PatchAsync(SandboxHost.Url(SandboxHost.Web), body, client.Token));
        await answered.Task.WaitAsync(TimeSpan.FromSeconds(30), SandboxHost.Cancel);

        Assert.Equal(9, Assert.Single(host.Server.Writes.Effective).CapacityAfter);
    }

    [Fact]
    public async Task The_write_log_tells_foreign_changes_and_requests_in_the_order_of_their_effects()
    {
        await using var host = await SandboxHost.StartAsync();
        host.Server.Estate.SetCapacity(SandboxHost.Web, 6);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        await host.SendAsync(HttpMethod.Patch, SandboxHost.Url(SandboxHost.Web), """{"sku":{"capacity":7}}""", "*", "id-1");
        var log = host.Server.Writes.Of(SandboxHost.Web);

        Assert.Equal([(1L, true, 5, 6), (2L, false, 6, 7)], log.Select(write =>
            (write.Sequence, write.IsForeign, write.CapacityBefore!.Value, write.CapacityAfter!.Value)));
        Assert.Equal(("*", """{"sku":{"capacity":7}}""", "id-1", 200), (log[1].IfMatch, log[1].Body, log[1].ClientRequestId, log[1].Status));
        Assert.Equal(SandboxHost.Start.AddMinutes(1), log[1].At);
        Assert.Single(host.Server.Writes.Effective);
    }
}
