using System.Text.Json.Nodes;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schemas;
using ScaleFunctions.Core.Tests.Policies.Schemas;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class AlertChannelTests
{
    private const string Two = "{ name: ops, type: actionGroup }, { name: shop, type: slack, setting: ALERT_SHOP }";

    private static readonly SchemaCheck Schema = new(JsonNode.Parse(PolicySchema.Text)!.AsObject());

    [Fact]
    public void Reads_channels_by_the_settings_that_hold_their_secrets()
    {
        var set = Read(
            """
            channels:
              - { name: a, type: teams, setting: ALERT_TEAMS_FINOPS }
              - { name: b, type: webhook, setting: ALERT_HOOK, keySetting: ALERT_HOOK_KEY }
              - { name: c, type: eventGrid, setting: ALERT_TOPIC }
              - { name: d, type: eventGrid, setting: ALERT_OTHER, keySetting: ALERT_OTHER_KEY }
              - { name: e, type: actionGroup }
            """);

        Assert.Empty(set.Errors);
        Assert.Equal(
            [
                new AlertChannel("teams", "ALERT_TEAMS_FINOPS"), new AlertChannel("webhook", "ALERT_HOOK", "ALERT_HOOK_KEY"), new AlertChannel("eventGrid", "ALERT_TOPIC"),
                new AlertChannel("eventGrid", "ALERT_OTHER", "ALERT_OTHER_KEY"), new AlertChannel("actionGroup", ""),
            ],
            Assert.Single(set.AlertChannels).Channels.Values);
    }

    [Theory]
    [InlineData("{ name: a, type: teams, setting: AzureWebJobsStorage }", "name of an app setting", false)]
    [InlineData("{ name: a, type: teams, setting: STATE_STORAGE_KEY }", "name of an app setting", false)]
    [InlineData("{ name: a, type: webhook, setting: ALERT_HOOK }", "keySetting", false)]
    [InlineData("{ name: a, type: slack, setting: ALERT_A, keySetting: ALERT_KEY }", "only", false)]
    [InlineData("{ name: a, type: pager, setting: ALERT_A }", "'teams' or 'slack' or 'webhook' or 'eventGrid' or 'actionGroup'", false)]
    [InlineData("{ name: a, type: eventGrid }", "lacks the required field 'setting'", false)]
    [InlineData("{ name: a, type: teams }", "lacks the required field 'setting'", false)]
    [InlineData("{ type: actionGroup }", "lacks the required field 'name'", false)]
    [InlineData("{ name: a, type: actionGroup, setting: ALERT_A }", "not for channels of type actionGroup", false)]
    [InlineData("{ name: a, type: actionGroup, keySetting: ALERT_A }", "not for channels of type actionGroup", false)]
    [InlineData("{ name: a, type: slack, setting: ALERT_A }, { name: b, type: slack, setting: ALERT_A }", "twice", true)]
    [InlineData("{ name: a, type: slack, setting: ALERT_A }, { name: a, type: slack, setting: ALERT_B }", "two channels of one name", true)]
    [InlineData("", "empty list", false)]
    public void Refuses_what_is_no_channel(string list, string expected, bool isBeyondSchemas)
    {
        var spec = $"channels: [ {list} ]";

        Assert.Contains(Read(spec).Errors, error => error.Message.Contains(expected, StringComparison.Ordinal));
        Assert.Equal(isBeyondSchemas, Schema.Accepts(Document(spec)));
    }

    [Fact]
    public void Does_not_repeat_what_may_be_a_secret()
    {
        var set = Read("channels: [ { name: a, type: slack, setting: \"https://hooks.slack.com/services/T0/B0/verysecret\" } ]");

        Assert.DoesNotContain("verysecret", Assert.Single(set.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_by_what_a_policy_names_else_by_its_owners_channels_else_by_the_default()
    {
        var set = Read($"channels: [ {Two} ]\ndefault: [ops]\nowners: [ {{ owner: team-shop, channels: [shop] }} ]");

        Assert.Equal(["shop"], Names(set, "team-shop"));
        Assert.Equal(["ops"], Names(set, "team-shop", "ops"));
        Assert.Equal(["ops"], Names(set, "team-other"));
        Assert.Equal(["ops"], Names(set, ""));

        // A name that is none is told as an error, and must not keep anybody from knowing.
        Assert.Equal(["shop"], Names(set, "team-shop", "gone"));
        Assert.Empty(AlertRoutes.Of(set with { AlertChannels = [] }, "team-shop", []));
    }

    [Theory]
    [InlineData("default: [shops]", "did you mean 'shop'")]
    [InlineData("owners: [ { owner: team-shop, channels: [gone] } ]", "'gone' that it names is not defined")]
    [InlineData("owners: [ { owner: a, channels: [ops] }, { owner: a, channels: [shop] } ]", "names an owner twice")]
    public void Names_of_channels_lead_somewhere(string more, string expected) => Assert.Contains(
        Read($"channels: [ {Two} ]\n{more}").Errors, error => error.Message.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void A_budget_is_kept_though_nobody_can_be_told_by_the_channel_it_names()
    {
        var set = PolicyTexts.Read(
            $"apiVersion: scalefunctions/v1\nkind: BudgetAlerts\nmetadata: {{ name: b, owner: team-shop }}\nspec: {{ scope: /subscriptions/{Guid.Empty}, amount: 5, currency: EUR, thresholds: {{ actual: [80] }}, channels: [gone] }}\n---\n"
            + Text($"channels: [ {Two} ]\ndefault: [ops]"));

        Assert.Contains("'gone' that it names is not defined", Assert.Single(set.Errors).Message, StringComparison.Ordinal);
        Assert.Equal(new AlertChannel("actionGroup", ""), Assert.Single(Assert.Single(set.BudgetAlerts).TellsBy));
    }

    private static IEnumerable<string> Names(PolicySet set, string owner, params string[] named) =>
        AlertRoutes.Of(set, owner, named).Select(channel => set.AlertChannels[0].Channels.Single(each => each.Value == channel).Key);

    private static PolicySet Read(string spec) => PolicyTexts.Read(Text(spec));

    private static string Text(string spec) =>
        $"apiVersion: scalefunctions/v1\nkind: AlertChannels\nmetadata: {{ name: alerts }}\nspec:\n  {spec.ReplaceLineEndings("\n  ")}\n";

    private static JsonNode Document(string spec) => ParsedDocument.ReadAll(new PolicyFile("a.yml", System.Text.Encoding.UTF8.GetBytes(Text(spec))), new PolicyErrors("a.yml"))
        .Select(document => SchemaCheck.Json(document.Root)).OfType<JsonNode>().Single();
}
