using System.Text.Json;
using System.Text.Json.Nodes;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Autoscale;
using ScaleFunctions.Adapters.Tests.Compute;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Autoscale;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Adapters.Tests.Autoscale;

/// <summary>A scale set <c>web</c> of four under the setting <c>web-auto</c> of 2 to 10, which carries members nobody here knows.</summary>
public abstract class AutoscaleTest : AzureTest
{
    protected static readonly TargetId WebAuto = AutoscaleSettingSpec.IdOf(Subscription, "shop", "web-auto");

    protected override SandboxOptions Options() => base.Options() with
    {
        Estate = new EstateSpec([Spec("web")]) { AutoscaleSettings = [new AutoscaleSettingSpec(WebAuto, Body())] },
    };

    /// <summary>What a setting may carry besides what we use: all of it has to be there after a change.</summary>
    internal static string Body(string target = "web", Action<JsonObject>? change = null)
    {
        var body = JsonNode.Parse($$$"""
            {
              "location": "West Europe", "tags": { "owner": "team <ü>", "empty": "" }, "unknown": [1.50, null, { "deep": 12345678901234567890 }],
              "properties": {
                "enabled": true, "name": "web-auto", "targetResourceUri": "{{{Id(target)}}}", "targetResourceLocation": "westeurope", "new": { "a": 1e3 },
                "predictiveAutoscalePolicy": { "scaleMode": "Enabled", "scaleLookAheadTime": "PT14M" },
                "notifications": [ { "operation": "Scale", "email": { "customEmails": ["a@example.org"] }, "webhooks": [ { "serviceUri": "https://example.org/", "properties": {} } ] } ],
                "profiles": [
                  { "name": "default", "extra": "kept", "capacity": { "minimum": "2", "maximum": "10", "default": "3", "more": 7.10 }, "rules": [ {{{Rule("GreaterThan", 70, "Increase")}}}, {{{Rule("LessThan", 30, "Decrease")}}} ] },
                  { "name": "long ago", "capacity": { "minimum": "9", "maximum": "9", "default": "9" }, "rules": [],
                    "fixedDate": { "timeZone": "Pacific Standard Time", "start": "2020-01-01T00:00:00Z", "end": "2020-01-02T00:00:00Z" } }
                ]
              }
            }
            """)!.AsObject();
        change?.Invoke(body);
        return body.ToJsonString();

        string Rule(string comparison, int threshold, string direction) => $$"""
            {
              "metricTrigger": { "metricName": "Percentage CPU", "metricNamespace": "", "metricResourceUri": "{{Id(target)}}", "timeGrain": "PT1M", "statistic": "Average",
                "timeWindow": "PT5M", "timeAggregation": "Average", "operator": "{{comparison}}", "threshold": {{threshold}}, "dimensions": [], "dividePerInstance": false },
              "scaleAction": { "direction": "{{direction}}", "type": "ChangeCount", "value": "1", "cooldown": "PT5M" }
            }
            """;
    }

    internal AutoscaleFloor Floor(Func<AzureConnection, AzureConnection>? change = null)
    {
        var arm = Connect(change);
        return new AutoscaleFloor(arm, new ArmWriter(arm, new LogLines()), new ArmOperations(arm));
    }

    private protected async Task<CapacityReading.Read> ReadAsync() =>
        Assert.IsType<CapacityReading.Read>(await Floor().ReadAsync(WebAuto, Cancellation));

    /// <summary>A write of a floor against the setting as it is now.</summary>
    private protected async Task<CapacityWrite> PlanAsync(int goal) => new(WebAuto, goal, (await ReadAsync()).ETag);

    private protected async Task<WriteResult> WriteAsync(int goal) => await Floor().WriteAsync(await PlanAsync(goal), Cancellation);

    /// <summary>The setting as Azure shows it.</summary>
    protected Task<JsonObject> SettingAsync() => new SettingPortal(Sandbox, WebAuto).ReadAsync();

    /// <summary>Somebody else's edit.</summary>
    protected Task EditAsync(Action<JsonObject> change) => new SettingPortal(Sandbox, WebAuto).EditAsync(change);

    protected ValueTask PassAsync(double minutes) => Sandbox.Clock.AdvanceToAsync(Sandbox.Clock.GetUtcNow().AddMinutes(minutes), Cancellation);

    internal static JsonArray Profiles(JsonObject setting) => setting["properties"]!["profiles"]!.AsArray();

    protected static bool Same(JsonNode? one, JsonNode? other) => JsonElement.DeepEquals(Element(one), Element(other));

    private static JsonElement Element(JsonNode? node) => JsonDocument.Parse(node?.ToJsonString() ?? "null").RootElement;
}
