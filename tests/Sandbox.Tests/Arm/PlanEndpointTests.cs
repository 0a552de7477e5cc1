using System.Text.Json;
using System.Text.Json.Nodes;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Sandbox.Tests.Arm;

public sealed class PlanEndpointTests
{
    private const string Version = "2023-12-01";

    private static readonly TargetId Portal = PlanSpec.IdOf(SandboxHost.Subscription, "shop", "portal");

    [Fact]
    public async Task Shows_a_plan_as_app_service_does_without_a_version()
    {
        await using var host = await StartAsync();
        var answer = await GetAsync(host);

        Assert.Equal((200, 5, "Succeeded"), (answer.Status, answer.Capacity, answer.State));
        Assert.False(answer.Headers.ContainsKey("ETag"));
        Assert.False(answer.Json.TryGetProperty("etag", out _));
        Assert.Equal("PremiumV3", answer.Json.GetProperty("sku").GetProperty("tier").GetString());
        Assert.Equal("portal", answer.Json.GetProperty("tags").GetProperty("app").GetString());
        Assert.Equal(5, answer.Json.GetProperty("properties").GetProperty("numberOfWorkers").GetInt32());
    }

    [Fact]
    public async Task A_put_shows_at_once_and_its_operation_ends_after_its_time()
    {
        await using var host = await StartAsync();
        var write = await PutAsync(host, plan => plan["sku"]!["capacity"] = 8);
        var during = await GetAsync(host);
        var running = await host.GetAsync(write.Headers["Azure-AsyncOperation"]);
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));
        var ended = await host.GetAsync(write.Headers["Azure-AsyncOperation"]);
        var after = await GetAsync(host);

        Assert.Equal((202, 8, "InProgress"), (write.Status, write.Capacity, write.State));
        Assert.Contains("/serverfarms/portal/operationresults/", write.Headers["Azure-AsyncOperation"], StringComparison.Ordinal);
        Assert.Equal((8, "InProgress", 5), (during.Capacity, during.State, during.Json.GetProperty("properties").GetProperty("numberOfWorkers").GetInt32()));
        Assert.Equal("InProgress", running.Json.GetProperty("status").GetString());
        Assert.Equal("Succeeded", ended.Json.GetProperty("status").GetString());
        Assert.Equal((8, "Succeeded", 8), (after.Capacity, after.State, after.Json.GetProperty("properties").GetProperty("numberOfWorkers").GetInt32()));
        var record = Assert.Single(host.Server.Writes.All);
        Assert.Equal(("PUT", true, 5, 8), (record.Method, record.IsEffective, record.CapacityBefore, record.CapacityAfter));
    }

    [Fact]
    public async Task By_option_a_put_is_answered_with_a_location_to_poll()
    {
        await using var host = await StartAsync(options => options with { Behavior = new EstateOptions { OperationForm = OperationForm.Location } });
        var write = await PutAsync(host, plan => plan["sku"]!["capacity"] = 8);
        var running = await host.GetAsync(write.Headers["Location"]);
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));
        var ended = await host.GetAsync(write.Headers["Location"]);

        Assert.Equal((202, 202, 200, 8), (write.Status, running.Status, ended.Status, ended.Capacity));
    }

    [Fact]
    public async Task What_a_put_leaves_out_is_gone_and_a_capacity_left_out_is_one()
    {
        await using var host = await StartAsync();
        var write = await PutAsync(host, plan =>
        {
            plan.Remove("tags");
            plan["properties"]!.AsObject().Remove("extra");
            plan["sku"]!.AsObject().Remove("capacity");
        });
        var after = await GetAsync(host);

        Assert.Equal((202, 1), (write.Status, after.Capacity));
        Assert.False(after.Json.TryGetProperty("tags", out _));
        Assert.False(after.Json.GetProperty("properties").TryGetProperty("extra", out _));
    }

    [Fact]
    public async Task A_put_that_changes_something_else_than_the_capacity_is_told_as_effective()
    {
        await using var host = await StartAsync();
        await PutAsync(host, plan => plan["tags"]!["app"] = "other");
        await PutAsync(host, _ => { });

        Assert.Equal([true, false], host.Server.Writes.All.Select(write => write.IsEffective));
        Assert.Equal("other", (await GetAsync(host)).Json.GetProperty("tags").GetProperty("app").GetString());
    }

    [Fact]
    public async Task What_only_azure_sets_is_passed_over()
    {
        await using var host = await StartAsync();
        await PutAsync(host, plan => plan["properties"]!["numberOfWorkers"] = 29);

        Assert.Equal(5, (await GetAsync(host)).Json.GetProperty("properties").GetProperty("numberOfWorkers").GetInt32());
        Assert.Empty(host.Server.Writes.Effective);
    }

    [Fact]
    public async Task A_patch_with_a_size_is_taken_and_changes_nothing()
    {
        await using var host = await StartAsync();
        var answer = await host.SendAsync(HttpMethod.Patch, SandboxHost.Url(Portal, version: Version), """{"sku":{"capacity":9}}""");

        Assert.Equal((200, 5), (answer.Status, answer.Capacity));
        Assert.Equal(("PATCH", false, 200), Assert.Single(host.Server.Writes.All) is var record ? (record.Method, record.IsEffective, record.Status) : default);
    }

    [Theory]
    [InlineData("""{"sku":{"name":"P1v3","capacity":6}}""")]
    [InlineData("""{"location":"northeurope","sku":{"name":"P1v3","capacity":6}}""")]
    [InlineData("""{"location":"westeurope"}""")]
    [InlineData("""{"location":"westeurope","sku":{"name":"P9v3","capacity":6}}""")]
    [InlineData("""{"location":"westeurope","sku":{"name":"P2v3","tier":"Standard","capacity":6}}""")]
    [InlineData("""{"location":"westeurope","sku":{"name":"S1","capacity":11}}""")]
    [InlineData("""{"location":"westeurope","sku":{"name":"P1v3","capacity":0}}""")]
    [InlineData("""{"location":"westeurope","sku":{"name":"P1v3","capacity":31}}""")]
    [InlineData("""{"location":"westeurope","sku":{"name":"P1v3","capacity":"6"}}""")]
    [InlineData("""{"location":"westeurope","sku":{"name":"P1v3","capacity":6},"properties":{"reserved":false}}""")]
    [InlineData("""{"location":"westeurope","sku":{"name":"P1v3","capacity":6},"properties":[]}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task A_put_that_is_no_plan_or_another_one_is_refused(string body)
    {
        await using var host = await StartAsync();
        var answer = await host.SendAsync(HttpMethod.Put, SandboxHost.Url(Portal, version: Version), body);

        Assert.Equal((400, "BadRequest"), (answer.Status, answer.Code));
        Assert.Equal((400, false, 5), Assert.Single(host.Server.Writes.All) is var record ? (record.Status, record.IsEffective, record.CapacityAfter) : default);
    }

    [Fact]
    public async Task A_put_while_an_operation_runs_is_a_conflict_whatever_precondition_it_names()
    {
        await using var host = await StartAsync();
        await PutAsync(host, plan => plan["sku"]!["capacity"] = 8);
        var busy = await PutAsync(host, plan => plan["sku"]!["capacity"] = 9);

        Assert.Equal((409, "Conflict"), (busy.Status, busy.Code));
        Assert.Equal(8, host.Server.Estate.CapacityOf(Portal));
    }

    [Fact]
    public async Task Faults_meet_plans_as_they_meet_scale_sets()
    {
        await using var host = await StartAsync();
        host.Server.Faults.Set(new ShowCapacity(17), new HideTags());
        var shown = await GetAsync(host);
        host.Server.Faults.Set(new OperationFails(Arriving: 1));
        var write = await host.SendAsync(
            HttpMethod.Put, SandboxHost.Url(Portal, version: Version), """{"location":"West Europe","sku":{"name":"P1v3","capacity":8}}""");
        host.Server.Faults.Clear();
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));
        var ended = await host.GetAsync(write.Headers["Azure-AsyncOperation"]);
        var after = await GetAsync(host);

        Assert.Equal((17, false), (shown.Capacity, shown.Json.TryGetProperty("tags", out _)));
        Assert.Equal("AllocationFailed", ended.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal((6, "Failed"), (after.Capacity, after.State));
    }

    [Fact]
    public async Task Lists_plans_in_pages_apart_from_scale_sets()
    {
        await using var host = await StartAsync(options => options with
        {
            PageSize = 2,
            Estate = new EstateSpec([SandboxHost.Service("web")]) { Plans = [Plan("a"), Plan("b"), Plan("c") with { Tier = "ElasticPremium", Sku = "EP1" }] },
        });
        var first = (await host.GetAsync($"https://management.azure.com/subscriptions/{SandboxHost.Subscription}/providers/Microsoft.Web/serverfarms?api-version={Version}")).Json;
        var second = (await host.GetAsync(first.GetProperty("nextLink").GetString()!)).Json;
        var scaleSets = (await host.GetAsync(
            $"https://management.azure.com/subscriptions/{SandboxHost.Subscription}/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets?api-version={SandboxHost.Version}")).Json;

        Assert.Equal(["a", "b"], Names(first));
        Assert.Equal(["c"], Names(second));
        Assert.Equal(["web"], Names(scaleSets));
        Assert.Equal("elastic", second.GetProperty("value")[0].GetProperty("kind").GetString());
        Assert.Empty(host.Server.Requests.Unexpected);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        await using var host = await StartAsync();
        var none = PlanSpec.IdOf(SandboxHost.Subscription, "shop", "none");

        Assert.Equal("ResourceNotFound", (await host.GetAsync(SandboxHost.Url(none, version: Version))).Code);
        Assert.Equal("ResourceNotFound", (await host.SendAsync(HttpMethod.Put, SandboxHost.Url(none, version: Version), "{}")).Code);
        Assert.Equal(404, (await host.GetAsync(SandboxHost.Url(Portal, "/operationresults/x", Version))).Status);
        Assert.Equal("NoRegisteredProviderFound", (await host.GetAsync(SandboxHost.Url(Portal))).Code);
    }

    [Fact]
    public async Task Its_metrics_count_no_instances()
    {
        await using var host = await StartAsync();
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));
        var url = SandboxHost.Url(Portal, "/providers/Microsoft.Insights/metrics", "2024-02-01")
            + "&metricnames=CpuPercentage,MemoryPercentage,HttpQueueLength&timespan=2026-01-05T00:00:00Z/2026-01-05T00:01:00Z&aggregation=average,count";
        var answer = await host.GetAsync(url);
        var values = answer.Json.GetProperty("value").EnumerateArray().Select(metric => metric.GetProperty("timeseries")[0].GetProperty("data")[0]).ToList();

        Assert.Equal("microsoft.web/serverfarms", answer.Json.GetProperty("namespace").GetString());
        Assert.Equal([96.0, 68.8, 20.0], values.Select(value => Math.Round(value.GetProperty("average").GetDouble(), 6)));
        Assert.All(values, value => Assert.Equal(1, value.GetProperty("count").GetInt32()));
        Assert.Equal(400, (await host.GetAsync(url.Replace("CpuPercentage", "Percentage%20CPU", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task Its_metrics_come_in_batches_of_its_type()
    {
        await using var host = await StartAsync();
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));
        string Url(string space) =>
            $"https://westeurope.metrics.monitor.azure.com/subscriptions/{SandboxHost.Subscription}/metrics:getBatch?api-version=2024-02-01&metricnamespace={space}"
            + "&metricnames=CpuPercentage&aggregation=average&starttime=2026-01-05T00:00:00.000Z&endtime=2026-01-05T00:01:00.000Z&interval=PT1M";
        var body = JsonSerializer.Serialize(new Dictionary<string, string[]> { ["resourceids"] = [Portal.Value] });

        var answer = await host.SendAsync(HttpMethod.Post, Url("Microsoft.Web/serverfarms"), body);
        var other = await host.SendAsync(HttpMethod.Post, Url("Microsoft.Compute/virtualMachineScaleSets"), body);
        var unknown = await host.SendAsync(HttpMethod.Post, Url("Microsoft.Sql/servers"), body);

        Assert.Equal((200, 400, 400), (answer.Status, other.Status, unknown.Status));
        Assert.Equal(96, answer.Json.GetProperty("values")[0].GetProperty("value")[0].GetProperty("timeseries")[0].GetProperty("data")[0].GetProperty("average").GetDouble());
    }

    private static PlanSpec Plan(string name) => new()
    {
        Id = PlanSpec.IdOf(SandboxHost.Subscription, "shop", name),
        Load = new ConstantLoad(6),
        InitialCapacity = 5,
        Tags = new Dictionary<string, string> { ["app"] = name },
        Members = """{"properties":{"extra":{"deep":1.50}}}""",
    };

    private static Task<SandboxHost> StartAsync(Func<SandboxOptions, SandboxOptions>? change = null) => SandboxHost.StartAsync(options =>
    {
        var plain = options with { Estate = new EstateSpec([]) { Plans = [Plan("portal")] } };
        return change?.Invoke(plain) ?? plain;
    });

    private static Task<SandboxHost.Answer> GetAsync(SandboxHost host) => host.GetAsync(SandboxHost.Url(Portal, version: Version));

    /// <summary>Reads the plan, edits it and sends it back whole.</summary>
    private static async Task<SandboxHost.Answer> PutAsync(SandboxHost host, Action<JsonObject> edit)
    {
        var plan = JsonNode.Parse((await GetAsync(host)).Text)!.AsObject();
        edit(plan);
        return await host.SendAsync(HttpMethod.Put, SandboxHost.Url(Portal, version: Version), plan.ToJsonString(), "\"999\"");
    }

    private static IEnumerable<string?> Names(JsonElement page) => page.GetProperty("value").EnumerateArray().Select(item => item.GetProperty("name").GetString());
}
