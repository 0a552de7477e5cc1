using System.Text.Json.Nodes;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Autoscale;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Sandbox.Tests.Autoscale;

public sealed class AutoscaleEndpointTests
{
    private const string Version = "2022-10-01";

    private static readonly TargetId Setting = AutoscaleSettingSpec.IdOf(SandboxHost.Subscription, "shop", "web-auto");

    private static readonly string List = $"https://management.azure.com/subscriptions/{SandboxHost.Subscription}/providers/Microsoft.Insights/autoscalesettings?api-version={Version}";

    [Fact]
    public async Task Shows_a_setting_as_it_was_put_without_a_version()
    {
        await using var host = await StartAsync();
        var answer = await GetAsync(host);

        Assert.Equal(200, answer.Status);
        Assert.Equal(Setting.Value, answer.Json.GetProperty("id").GetString());
        Assert.Equal("Microsoft.Insights/autoscaleSettings", answer.Json.GetProperty("type").GetString());
        Assert.Equal("2", answer.Json.GetProperty("properties").GetProperty("profiles")[0].GetProperty("capacity").GetProperty("minimum").GetString());
        Assert.False(answer.Headers.ContainsKey("ETag"));
    }

    [Fact]
    public async Task Lists_settings_page_by_page()
    {
        await using var host = await StartAsync(options => options with
        {
            PageSize = 1,
            Estate = options.Estate with
            {
                ScaleSets = [.. options.Estate.ScaleSets, SandboxHost.Service("api")],
                AutoscaleSettings = [.. options.Estate.AutoscaleSettings, Spec("api-auto", "api")],
            },
        });
        var first = await host.GetAsync(List);
        var second = await host.GetAsync(first.Json.GetProperty("nextLink").GetString()!);
        var group = await host.GetAsync(List.Replace("/providers/", "/resourcegroups/SHOP/providers/", StringComparison.Ordinal));

        Assert.Equal(("api-auto", "web-auto", "api-auto"), (Name(first), Name(second), Name(group)));
        Assert.False(second.Json.TryGetProperty("nextLink", out _));

        static string Name(SandboxHost.Answer answer) => answer.Json.GetProperty("value")[0].GetProperty("name").GetString()!;
    }

    [Fact]
    public async Task A_put_replaces_all_of_it_and_is_recorded_with_the_minimum_in_force()
    {
        await using var host = await StartAsync();
        var answer = await PutAsync(host, setting =>
        {
            setting.Remove("tags");
            setting["properties"]!["profiles"]![0]!["capacity"] = new JsonObject { ["minimum"] = "4", ["maximum"] = "10", ["default"] = "4" };
        });
        var after = await GetAsync(host);
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(200, answer.Status);
        Assert.False(after.Json.TryGetProperty("tags", out _));
        var record = host.Server.Writes.All[0];
        Assert.Equal(("PUT", true, 2, 4), (record.Method, record.IsEffective, record.CapacityBefore, record.CapacityAfter));
        Assert.Equal(4, host.Server.Estate.CapacityOf(SandboxHost.Web));
    }

    [Fact]
    public async Task A_new_setting_is_made_and_a_second_one_of_a_resource_is_refused()
    {
        await using var host = await StartAsync(options => options with { Estate = options.Estate with { AutoscaleSettings = [] } });
        var made = await PutAsync(host, _ => { });
        var second = await host.SendAsync(
            HttpMethod.Put, SandboxHost.Url(AutoscaleSettingSpec.IdOf(SandboxHost.Subscription, "shop", "another"), version: Version), Body("web"));

        Assert.Equal((201, 409), (made.Status, second.Status));
        Assert.Equal("SettingAlreadyExists", second.Code);
    }

    [Fact]
    public async Task A_patch_replaces_members_and_keeps_the_others()
    {
        await using var host = await StartAsync();
        var answer = await host.SendAsync(
            HttpMethod.Patch, SandboxHost.Url(Setting, version: Version), """{ "tags": { "x": "y" }, "properties": { "enabled": false } }""");

        Assert.Equal(200, answer.Status);
        Assert.False(answer.Json.GetProperty("properties").GetProperty("enabled").GetBoolean());
        Assert.Equal("y", answer.Json.GetProperty("tags").GetProperty("x").GetString());
        Assert.Equal(1, answer.Json.GetProperty("properties").GetProperty("profiles").GetArrayLength());
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_changes_nothing()
    {
        await using var host = await StartAsync();
        var tooMany = await PutAsync(host, setting =>
        {
            var profiles = setting["properties"]!["profiles"]!.AsArray();
            for (var number = 1; number <= 20; number++)
            {
                var copy = profiles[0]!.DeepClone();
                copy["name"] = $"p-{number}";
                profiles.Add(copy);
            }
        });
        var nowhere = await PutAsync(host, setting => setting.Remove("location"));
        var text = await host.SendAsync(HttpMethod.Put, SandboxHost.Url(Setting, version: Version), "{");
        var version = await host.SendAsync(HttpMethod.Put, SandboxHost.Url(Setting), Body("web"));

        Assert.Equal((400, "BadRequest"), (tooMany.Status, tooMany.Code));
        Assert.Contains("at most 20", tooMany.Text, StringComparison.Ordinal);
        Assert.Equal((400, 400, 400), (nowhere.Status, text.Status, version.Status));
        Assert.Empty(host.Server.Writes.Effective);
        Assert.Equal(4, host.Server.Writes.All.Count(record => !record.IsEffective && !record.IsForeign));
    }

    [Fact]
    public async Task No_setting_can_be_deleted()
    {
        await using var host = await StartAsync();
        var answer = await host.SendAsync(HttpMethod.Delete, SandboxHost.Url(Setting, version: Version));

        Assert.Equal(404, answer.Status);
        Assert.Equal(200, (await GetAsync(host)).Status);
    }

    internal static AutoscaleSettingSpec Spec(string name, string target) =>
        new(AutoscaleSettingSpec.IdOf(SandboxHost.Subscription, "shop", name), Body(target));

    /// <summary>Out by one above 70 % CPU, in by one below 40 %, within 2 and 10.</summary>
    internal static string Body(string target)
    {
        var id = ScaleSetSpec.IdOf(SandboxHost.Subscription, "shop", target);
        return $$"""
            {
              "location": "westeurope", "tags": { "a": "b" },
              "properties": {
                "enabled": true, "targetResourceUri": "{{id}}",
                "profiles": [ { "name": "default", "capacity": { "minimum": "2", "maximum": "10", "default": "2" }, "rules": [ {{Rule("GreaterThan", 70, "Increase")}}, {{Rule("LessThan", 40, "Decrease")}} ] } ]
              }
            }
            """;

        string Rule(string comparison, int threshold, string direction) => $$"""
            {
              "metricTrigger": { "metricName": "Percentage CPU", "metricResourceUri": "{{id}}", "timeGrain": "PT1M", "statistic": "Average", "timeWindow": "PT5M",
                "timeAggregation": "Average", "operator": "{{comparison}}", "threshold": {{threshold}} },
              "scaleAction": { "direction": "{{direction}}", "type": "ChangeCount", "value": "1", "cooldown": "PT5M" }
            }
            """;
    }

    internal static Task<SandboxHost> StartAsync(Func<SandboxOptions, SandboxOptions>? change = null, ILoadSource? load = null, int capacity = 3) =>
        SandboxHost.StartAsync(options =>
        {
            var web = SandboxHost.Service("web", capacity: capacity);
            var estate = new EstateSpec([web with { Load = load ?? new ConstantLoad(2) }]) { AutoscaleSettings = [Spec("web-auto", "web")] };
            options = options with { Estate = estate };
            return change?.Invoke(options) ?? options;
        });

    private static Task<SandboxHost.Answer> GetAsync(SandboxHost host) => host.GetAsync(SandboxHost.Url(Setting, version: Version));

    private static Task<SandboxHost.Answer> PutAsync(SandboxHost host, Action<JsonObject> change)
    {
        var body = JsonNode.Parse(Body("web"))!.AsObject();
        change(body);
        return host.SendAsync(HttpMethod.Put, SandboxHost.Url(Setting, version: Version), body.ToJsonString());
    }
}
