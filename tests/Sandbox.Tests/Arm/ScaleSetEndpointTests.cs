using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Tests.Arm;

public sealed class ScaleSetEndpointTests
{
    [Fact]
    public async Task Shows_a_scale_set_with_its_version_in_body_and_header()
    {
        await using var host = await SandboxHost.StartAsync();
        var answer = await host.GetAsync(SandboxHost.Url(SandboxHost.Web));

        Assert.Equal(200, answer.Status);
        Assert.Equal(5, answer.Capacity);
        Assert.Equal("Succeeded", answer.State);
        Assert.Equal(answer.ETag, answer.Headers["ETag"]);
        Assert.Equal("web", answer.Json.GetProperty("tags").GetProperty("app").GetString());
        Assert.True(answer.Headers.ContainsKey("x-ms-request-id"));
        Assert.True(answer.Headers.ContainsKey("x-ms-correlation-request-id"));
    }

    [Fact]
    public async Task A_write_shows_at_once_and_its_operation_ends_after_its_time()
    {
        await using var host = await SandboxHost.StartAsync();
        var before = await host.GetAsync(SandboxHost.Url(SandboxHost.Web));
        var write = await host.PatchAsync(SandboxHost.Web, 8, before.ETag);
        var during = await host.GetAsync(SandboxHost.Url(SandboxHost.Web));
        var operation = write.Headers["Azure-AsyncOperation"];
        var running = await host.GetAsync(operation);
        await host.AdvanceAsync(TimeSpan.FromSeconds(60));
        var ended = await host.GetAsync(operation);
        var after = await host.GetAsync(SandboxHost.Url(SandboxHost.Web));

        Assert.Equal((200, 8, "Updating"), (write.Status, write.Capacity, write.State));
        Assert.Equal((8, "Updating"), (during.Capacity, during.State));
        Assert.Equal("InProgress", running.Json.GetProperty("status").GetString());
        Assert.False(running.Json.TryGetProperty("endTime", out _));
        Assert.Equal("Succeeded", ended.Json.GetProperty("status").GetString());
        Assert.Equal((8, "Succeeded"), (after.Capacity, after.State));
        Assert.Equal(3, new[] { before.ETag, during.ETag, after.ETag }.Distinct().Count());
    }

    [Fact]
    public async Task By_option_a_write_is_answered_with_a_location_to_poll()
    {
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Behavior = new EstateOptions { OperationForm = OperationForm.Location },
        });
        var write = await host.PatchAsync(SandboxHost.Web, 8);
        var running = await host.GetAsync(write.Headers["Location"]);
        await host.AdvanceAsync(TimeSpan.FromSeconds(60));
        var ended = await host.GetAsync(running.Headers["Location"]);

        Assert.Equal((202, ""), (write.Status, write.Text));
        Assert.Equal((202, "15"), (running.Status, running.Headers["Retry-After"]));
        Assert.Equal((200, 8), (ended.Status, ended.Capacity));
    }

    [Fact]
    public async Task A_stale_precondition_is_refused_and_changes_nothing()
    {
        await using var host = await SandboxHost.StartAsync();
        var read = await host.GetAsync(SandboxHost.Url(SandboxHost.Web));
        host.Server.Estate.SetCapacity(SandboxHost.Web, 6);
        var answer = await host.PatchAsync(SandboxHost.Web, 9, read.ETag);

        Assert.Equal((412, "PreconditionFailed"), (answer.Status, answer.Code));
        Assert.Equal(6, host.Server.Estate.CapacityOf(SandboxHost.Web));
        Assert.Empty(host.Server.Writes.Effective);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("\"1\"")]
    [InlineData("\"7\", \"1\"")]
    [InlineData(null)]
    public async Task A_fitting_precondition_is_accepted(string? ifMatch)
    {
        await using var host = await SandboxHost.StartAsync();

        Assert.Equal(200, (await host.PatchAsync(SandboxHost.Web, 9, ifMatch)).Status);
    }

    [Fact]
    public async Task Before_2024_03_01_there_is_no_version_and_the_precondition_is_ignored()
    {
        await using var host = await SandboxHost.StartAsync();
        var url = SandboxHost.Url(SandboxHost.Web, version: "2023-07-01");
        var read = await host.GetAsync(url);
        var write = await host.SendAsync(HttpMethod.Patch, url, """{"sku":{"capacity":9}}""", "\"stale\"");

        Assert.False(read.Json.TryGetProperty("etag", out _));
        Assert.False(read.Headers.ContainsKey("ETag"));
        Assert.Equal(200, write.Status);
    }

    [Fact]
    public async Task A_second_write_is_refused_while_an_operation_runs()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.PatchAsync(SandboxHost.Web, 8);
        var second = await host.PatchAsync(SandboxHost.Web, 9);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        var third = await host.PatchAsync(SandboxHost.Web, 9);

        Assert.Equal((409, "OperationNotAllowed"), (second.Status, second.Code));
        Assert.Equal(200, third.Status);
        Assert.Equal([false, true, false], host.Server.Writes.All.Select(write => write.WasOperationRunning));
        Assert.Equal([true, false, true], host.Server.Writes.All.Select(write => write.IsEffective));
    }

    [Fact]
    public async Task By_option_a_second_write_is_accepted_while_an_operation_runs()
    {
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Behavior = new EstateOptions { RefusesWhenBusy = false },
        });
        await host.PatchAsync(SandboxHost.Web, 8);

        Assert.Equal(200, (await host.PatchAsync(SandboxHost.Web, 9)).Status);
        Assert.True(host.Server.Writes.All[^1].WasOperationRunning);
    }

    [Fact]
    public async Task Writing_the_same_capacity_again_changes_nothing()
    {
        await using var host = await SandboxHost.StartAsync();
        var write = await host.PatchAsync(SandboxHost.Web, 5);

        Assert.Equal((200, "Succeeded", "\"1\""), (write.Status, write.State, write.ETag));
        Assert.Empty(host.Server.Writes.Effective);
        Assert.Single(host.Server.Writes.All);
    }

    [Theory]
    [InlineData("""{"sku":{"capacity":-1}}""")]
    [InlineData("""{"sku":{"capacity":1001}}""")]
    [InlineData("""{"sku":{"capacity":"5"}}""")]
    [InlineData("""{"sku":{"capacity":5.5}}""")]
    [InlineData("""{"sku":{"capacity":null}}""")]
    [InlineData("""{"sku":{"capacty":5}}""")]
    [InlineData("""{"sku":{"name":"Standard_D9s_v5","capacity":5}}""")]
    [InlineData("""{"sku":{"name":7,"capacity":5}}""")]
    [InlineData("""{"sku":{"name":"Standard_D8s_v5","tier":"Basic","capacity":5}}""")]
    [InlineData("""{"sku":{"capacity":6},"tags":{"app":"other"}}""")]
    [InlineData("""{"sku":{"capacity":6},"properties":{"overprovision":true}}""")]
    [InlineData("""{"properties":{}}""")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public async Task A_body_that_is_not_a_good_capacity_alone_is_refused(string body)
    {
        await using var host = await SandboxHost.StartAsync();
        var answer = await host.SendAsync(HttpMethod.Patch, SandboxHost.Url(SandboxHost.Web), body);

        Assert.Equal((400, "InvalidParameter"), (answer.Status, answer.Code));
        var record = Assert.Single(host.Server.Writes.All);
        Assert.Equal((400, false, 5, 5), (record.Status, record.IsEffective, record.CapacityBefore, record.CapacityAfter));
    }

    [Theory]
    [InlineData("""{"sku":{"capacity":0}}""", 0)]
    [InlineData("""{"sku":{"capacity":1000},"properties":{}}""", 1000)]
    [InlineData("""{"sku":{"name":"standard_d4s_v5","tier":"Standard","capacity":6}}""", 6)]
    public async Task A_good_capacity_is_accepted(string body, int capacity)
    {
        await using var host = await SandboxHost.StartAsync();
        var answer = await host.SendAsync(HttpMethod.Patch, SandboxHost.Url(SandboxHost.Web), body);

        Assert.Equal((200, capacity), (answer.Status, answer.Capacity));
    }

    [Fact]
    public async Task Lists_in_pages_by_subscription_and_by_group()
    {
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            PageSize = 2,
            Estate = new EstateSpec(
            [
                .. new[] { "e", "a", "d", "b", "c" }.Select(name => SandboxHost.Service(name)),
                SandboxHost.Service("other") with { Id = ScaleSetSpec.IdOf(SandboxHost.Subscription, "lab", "other") },
            ]),
        });
        var all = await NamesAsync(host, "/providers/Microsoft.Compute/virtualMachineScaleSets");
        var group = await NamesAsync(host, "/resourceGroups/SHOP/providers/Microsoft.Compute/virtualMachineScaleSets");

        Assert.Equal(["other", "a", "b", "c", "d", "e"], all);
        Assert.Equal(["a", "b", "c", "d", "e"], group);
        Assert.Equal(6, host.Server.Requests.Count(RequestKind.ScaleSetList));
    }

    [Theory]
    [InlineData("/subscriptions/00000000-0000-4000-8000-0000000000bb/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/web", "SubscriptionNotFound")]
    [InlineData("/subscriptions/00000000-0000-4000-8000-00000000000a/resourceGroups/none/providers/Microsoft.Compute/virtualMachineScaleSets/web", "ResourceGroupNotFound")]
    [InlineData("/subscriptions/00000000-0000-4000-8000-00000000000a/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/none", "ResourceNotFound")]
    public async Task What_does_not_exist_is_not_found(string id, string code)
    {
        await using var host = await SandboxHost.StartAsync();
        var read = await host.GetAsync(SandboxHost.Url(TargetId.Parse(id)));
        var write = await host.PatchAsync(TargetId.Parse(id), 3);

        Assert.Equal((404, code), (read.Status, read.Code));
        Assert.Equal((404, code), (write.Status, write.Code));
        Assert.Equal(404, Assert.Single(host.Server.Writes.All).Status);
        Assert.Empty(host.Server.Requests.Unexpected);
    }

    [Fact]
    public async Task The_instance_view_counts_what_serves_and_what_is_on_its_way()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.PatchAsync(SandboxHost.Web, 8);
        var booting = await host.GetAsync(SandboxHost.Url(SandboxHost.Web, "/instanceView"));
        await host.AdvanceAsync(TimeSpan.FromMinutes(4));
        var ready = await host.GetAsync(SandboxHost.Url(SandboxHost.Web, "/instanceView"));

        Assert.Equal("ProvisioningState/succeeded=5,ProvisioningState/creating=3", Summary(booting));
        Assert.Equal("ProvisioningState/succeeded=8", Summary(ready));
    }

    private static string Summary(SandboxHost.Answer answer) => string.Join(",", answer.Json
        .GetProperty("virtualMachine").GetProperty("statusesSummary").EnumerateArray()
        .Select(status => $"{status.GetProperty("code").GetString()}={status.GetProperty("count").GetInt32()}"));

    private static async Task<List<string>> NamesAsync(SandboxHost host, string path)
    {
        var names = new List<string>();
        var next = $"https://management.azure.com/subscriptions/{SandboxHost.Subscription}{path}?api-version={SandboxHost.Version}";
        while (next is not null)
        {
            var page = (await host.GetAsync(next)).Json;
            names.AddRange(page.GetProperty("value").EnumerateArray().Select(item => item.GetProperty("name").GetString()!));
            next = page.TryGetProperty("nextLink", out var link) ? link.GetString() : null;
        }

        return names;
    }
}
