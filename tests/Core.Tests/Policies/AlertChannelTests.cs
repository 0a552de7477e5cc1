using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class AlertChannelTests
{
    [Fact]
    public void Reads_channels_by_the_settings_that_hold_their_secrets()
    {
        var (channels, errors) = Bind(
            """
            channels:
              - { type: teams, setting: ALERT_TEAMS_FINOPS }
              - { type: webhook, setting: ALERT_HOOK, keySetting: ALERT_HOOK_KEY }
            """);

        Assert.Empty(errors);
        Assert.Equal([new AlertChannel("teams", "ALERT_TEAMS_FINOPS"), new AlertChannel("webhook", "ALERT_HOOK", "ALERT_HOOK_KEY")], channels);
    }

    [Theory]
    [InlineData("- { type: teams, setting: AzureWebJobsStorage }", "name of an app setting")]
    [InlineData("- { type: webhook, setting: ALERT_HOOK }", "keySetting")]
    [InlineData("- { type: slack, setting: ALERT_A, keySetting: ALERT_KEY }", "only")]
    [InlineData("- { type: pager, setting: ALERT_A }", "'teams' or 'slack' or 'webhook'")]
    [InlineData("- { type: slack, setting: ALERT_A }\n  - { type: slack, setting: ALERT_A }", "twice")]
    [InlineData("[]", "empty list")]
    public void Refuses_what_is_no_channel(string list, string expected)
    {
        var (_, errors) = Bind($"channels:\n  {list}");

        Assert.Contains(errors, error => error.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Does_not_repeat_what_may_be_a_secret()
    {
        var (_, errors) = Bind("channels: [ { type: slack, setting: \"https://hooks.slack.com/services/T0/B0/verysecret\" } ]");

        Assert.DoesNotContain("verysecret", Assert.Single(errors), StringComparison.Ordinal);
    }

    private static (IReadOnlyList<AlertChannel> Channels, IReadOnlyList<string> Errors) Bind(string yaml)
    {
        var errors = new PolicyErrors("policy.yml");
        var root = (PolicyNode.Mapping)PolicyNodeReader.Read(new PolicyDocumentText(yaml, FirstLine: 1), errors)!;
        var channels = AlertChannelBinding.Bind(new PolicyField(root.Fields[0].Value, "channels", errors));
        return (channels, [.. errors.Shown.Select(error => error.Message)]);
    }
}
