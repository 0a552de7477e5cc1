using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Tests.Faults;

public sealed class FaultEffectTests
{
    [Fact]
    public async Task An_answer_is_given_and_nothing_handled()
    {
        await using var host = await SandboxHost.StartAsync();
        host.Server.Faults.Set(new AnswerWith(500, "Broken", Headers: new Dictionary<string, string> { ["Retry-After"] = "garbage" }));
        var answer = await host.PatchAsync(SandboxHost.Web, 9);

        Assert.Equal((500, "Broken", "garbage"), (answer.Status, answer.Code, answer.Headers["Retry-After"]));
        Assert.Equal(5, host.Server.Estate.CapacityOf(SandboxHost.Web));
        Assert.Equal((500, false), (host.Server.Writes.All[0].Status, host.Server.Writes.All[0].IsEffective));
    }

    [Fact]
    public async Task An_answer_can_replace_that_of_a_write_that_landed()
    {
        await using var host = await SandboxHost.StartAsync();
        host.Server.Faults.Set(new AnswerWith(502, Body: "<html>", Lands: true));
        var answer = await host.PatchAsync(SandboxHost.Web, 9);

        Assert.Equal((502, "<html>"), (answer.Status, answer.Text));
        Assert.Equal(9, host.Server.Estate.CapacityOf(SandboxHost.Web));
        Assert.Equal((200, true), (host.Server.Writes.All[0].Status, host.Server.Writes.All[0].IsEffective));
    }

    [Fact]
    public async Task A_write_dropped_before_it_landed_changed_nothing_and_came_once()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.GetAsync(SandboxHost.Url(SandboxHost.Web));
        host.Server.Faults.Set(new DropBeforeLanding());

        await Assert.ThrowsAsync<HttpRequestException>(() => host.PatchAsync(SandboxHost.Web, 9));
        var record = Assert.Single(host.Server.Writes.All);
        Assert.Equal((null, false, 5), (record.Status, record.IsEffective, record.CapacityAfter));
        Assert.Equal(5, host.Server.Estate.CapacityOf(SandboxHost.Web));
    }

    [Fact]
    public async Task A_write_dropped_after_it_landed_is_in_force_and_came_once()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.GetAsync(SandboxHost.Url(SandboxHost.Web));
        host.Server.Faults.Set(new DropAfterLanding());

        await Assert.ThrowsAsync<HttpRequestException>(() => host.PatchAsync(SandboxHost.Web, 9));
        var record = Assert.Single(host.Server.Writes.All);
        Assert.Equal((200, true, 5, 9), (record.Status, record.IsEffective, record.CapacityBefore, record.CapacityAfter));
        Assert.Equal(9, host.Server.Estate.CapacityOf(SandboxHost.Web));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public async Task An_answer_cut_short_is_no_answer(int bytes)
    {
        await using var host = await SandboxHost.StartAsync();
        host.Server.Faults.Set(new TruncateAnswer(bytes));

        await Assert.ThrowsAsync<HttpRequestException>(() => host.PatchAsync(SandboxHost.Web, 9));
        Assert.Single(host.Server.Writes.Effective);
    }

    [Fact]
    public async Task A_delay_is_charged_to_simulated_time_before_the_request_is_handled()
    {
        await using var host = await SandboxHost.StartAsync();
        host.Server.Faults.Set(new DelayAnswer(TimeSpan.FromMinutes(3)));
        await host.PatchAsync(SandboxHost.Web, 9);

        Assert.Equal(SandboxHost.Start.AddMinutes(3), host.Server.Clock.GetUtcNow());
        Assert.Equal(SandboxHost.Start.AddMinutes(3), host.Server.Writes.All[0].At);
    }

    [Fact]
    public async Task A_wrong_capacity_is_shown_and_the_true_one_kept()
    {
        await using var host = await SandboxHost.StartAsync();
        host.Server.Faults.Add(new FaultRule { Effect = new ShowCapacity(0), Method = "GET", Times = 1 });
        var wrong = await host.GetAsync(SandboxHost.Url(SandboxHost.Web));
        var right = await host.GetAsync(SandboxHost.Url(SandboxHost.Web));

        Assert.Equal((0, 5), (wrong.Capacity, right.Capacity));
    }

    [Fact]
    public async Task Tags_can_be_missing()
    {
        await using var host = await SandboxHost.StartAsync();
        host.Server.Faults.Set(new HideTags());

        Assert.False((await host.GetAsync(SandboxHost.Url(SandboxHost.Web))).Json.TryGetProperty("tags", out _));
    }

    [Fact]
    public async Task An_operation_can_never_end()
    {
        await using var host = await SandboxHost.StartAsync();
        host.Server.Faults.Set(new OperationNeverEnds());
        var write = await host.PatchAsync(SandboxHost.Web, 9);
        await host.AdvanceAsync(TimeSpan.FromDays(1));
        var operation = await host.GetAsync(write.Headers["Azure-AsyncOperation"]);

        Assert.Equal("InProgress", operation.Json.GetProperty("status").GetString());
        Assert.Equal("Updating", (await host.GetAsync(SandboxHost.Url(SandboxHost.Web))).State);
    }

    [Fact]
    public async Task An_operation_can_fail_with_only_some_instances_coming()
    {
        await using var host = await SandboxHost.StartAsync();
        host.Server.Faults.Set(new OperationFails(Arriving: 2));
        var write = await host.PatchAsync(SandboxHost.Web, 9);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        var operation = await host.GetAsync(write.Headers["Azure-AsyncOperation"]);
        var after = await host.GetAsync(SandboxHost.Url(SandboxHost.Web));
        await host.AdvanceAsync(TimeSpan.FromMinutes(4));

        Assert.Equal(9, write.Capacity);
        Assert.Equal("Failed", operation.Json.GetProperty("status").GetString());
        Assert.Equal("AllocationFailed", operation.Code);
        Assert.Equal((7, "Failed"), (after.Capacity, after.State));
        Assert.Equal(7, host.Server.Estate.Report(SandboxHost.Web).Ready);
    }

    [Fact]
    public async Task A_dropped_read_never_reaches_the_caller_as_an_answer()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.GetAsync(SandboxHost.Url(SandboxHost.Web));
        host.Server.Faults.Set(new DropBeforeLanding());

        await Assert.ThrowsAsync<HttpRequestException>(() => host.GetAsync(SandboxHost.Url(SandboxHost.Web)));
        Assert.Equal(2, host.Server.Requests.Count(RequestKind.ScaleSet));
    }
}
