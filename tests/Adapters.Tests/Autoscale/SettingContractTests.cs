using System.Text.Json;
using System.Text.Json.Nodes;
using ScaleFunctions.Adapters.Autoscale;
using ScaleFunctions.Core.Autoscale;

namespace ScaleFunctions.Adapters.Tests.Autoscale;

/// <summary>What is sent and known of settings, against the official description of their API, when it is there beside the repository.</summary>
public sealed class SettingContractTests : AutoscaleTest
{
    private const string Place = "shared/specs/specification/monitor/resource-manager/Microsoft.Insights/stable/2022-10-01/autoscale_API.json";

    [Fact]
    public void Leaves_out_exactly_what_the_description_marks_as_read_only() => Assert.Equal(
        Definition("Resource").GetProperty("properties").EnumerateObject()
            .Where(member => member.Value.TryGetProperty("readOnly", out var readOnly) && readOnly.GetBoolean()).Select(member => member.Name).Order(),
        SettingBody.ReadOnly.Order());

    [Fact]
    public void Knows_the_limits_of_the_description()
    {
        Assert.Equal(AutoscaleSetting.MostProfiles, Definition("AutoscaleSetting").GetProperty("properties").GetProperty("profiles").GetProperty("maxItems").GetInt32());
        Assert.Contains($"maximum of {AutoscaleSetting.MostRules} rules", Property("AutoscaleProfile", "rules").GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Knows_the_words_of_the_description()
    {
        Same<SampleStatistic>("MetricTrigger", "statistic");
        Same<WindowAggregation>("MetricTrigger", "timeAggregation");
        Same<RuleOperator>("MetricTrigger", "operator");
        Same<RuleDirection>("ScaleAction", "direction");
        Same<RuleChange>("ScaleAction", "type");
        Same<PredictiveScaleMode>("PredictiveAutoscalePolicy", "scaleMode");

        static void Same<T>(string definition, string property)
            where T : struct, Enum => Assert.Equal(
                Property(definition, property).GetProperty("enum").EnumerateArray().Select(word => word.GetString()!).Order(), Enum.GetNames<T>().Order());
    }

    [Fact]
    public async Task The_profile_that_is_sent_has_the_members_and_types_of_the_description()
    {
        await WriteAsync(6);
        var sent = JsonNode.Parse(Assert.Single(Sandbox.Writes.Effective).Body)!;
        var floor = sent["properties"]!["profiles"]![0]!.AsObject();
        floor.Remove("extra");
        floor["capacity"]!.AsObject().Remove("more");

        Check(floor, "AutoscaleProfile");
        Check(floor["capacity"]!.AsObject(), "ScaleCapacity");
        Check(floor["fixedDate"]!.AsObject(), "TimeWindow");
        Check(floor["rules"]![0]!["metricTrigger"]!.AsObject(), "MetricTrigger");
        Check(floor["rules"]![0]!["scaleAction"]!.AsObject(), "ScaleAction");
        Assert.NotNull(sent["location"]);
    }

    private static void Check(JsonObject value, string name)
    {
        var definition = Definition(name);
        Assert.All(definition.GetProperty("required").EnumerateArray(), required => Assert.True(value.ContainsKey(required.GetString()!), $"{name} lacks {required}"));
        foreach (var (member, node) in value)
        {
            Assert.True(definition.GetProperty("properties").TryGetProperty(member, out var property), $"{name} has no {member}");
            if (property.TryGetProperty("type", out var type) && type.GetString() is "string" or "boolean" or "number")
            {
                var kind = node!.GetValueKind();
                Assert.Equal(type.GetString(), kind is JsonValueKind.True or JsonValueKind.False ? "boolean" : kind.ToString().ToLowerInvariant());
            }
        }
    }

    private static JsonElement Property(string definition, string name) => Definition(definition).GetProperty("properties").GetProperty(name);

    private static JsonElement Definition(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, Place);
            if (File.Exists(file))
            {
                return JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("definitions").GetProperty(name);
            }
        }

        Assert.Skip("the official API descriptions are not in ../shared/specs");
        return default;
    }
}
