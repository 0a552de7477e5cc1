using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds one of the <c>channels</c> of <c>kind: AlertChannels</c>.</summary>
public static class AlertChannelBinding
{
    public const string Teams = "teams";
    public const string Slack = "slack";
    public const string Webhook = "webhook";
    public const string EventGrid = "eventGrid";
    public const string ActionGroup = "actionGroup";

    /// <summary>
    /// What the name of every setting begins with. Who may change a policy may then send alerts to addresses that operators set up
    /// for alerts, and cannot have the app read any other setting of it.
    /// </summary>
    public const string Prefix = "ALERT_";

    private const int LongestName = 64;

    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.AlertChannelShape);

    private static readonly string[] Settings = ["setting", "keySetting"];

    /// <summary>Kinds of channels there are.</summary>
    public static IReadOnlyList<string> Types { get; } = [Teams, Slack, Webhook, EventGrid, ActionGroup];

    /// <summary>Reads one; nothing after adding an error.</summary>
    internal static (string Name, AlertChannel Channel)? Bind(PolicyField item)
    {
        if (item.Fields(Names) is not { } fields)
        {
            return null;
        }

        var name = fields.Required("name")?.Name();
        var type = fields.Required("type") is { } word ? Type(word) : null;
        if (type == ActionGroup)
        {
            foreach (var unwanted in Settings.Where(fields.Has))
            {
                fields.Optional(unwanted)?.Fail($"is not for channels of type {ActionGroup}; an alert rule of the deployment says which action group is called");
            }

            return name is null ? null : (name, new AlertChannel(ActionGroup, ""));
        }

        var setting = fields.Required("setting") is { } address ? Setting(address) : null;
        var key = fields.Optional("keySetting") is { } secret ? Setting(secret) : null;
        if (type == Webhook && !fields.Has("keySetting"))
        {
            item.Fail("is a webhook without 'keySetting'; what it gets is signed, so name the app setting that holds the key");
            return null;
        }

        if (type is Teams or Slack && fields.Has("keySetting"))
        {
            fields.Optional("keySetting")?.Fail($"is for channels of type {Webhook} and {EventGrid} only; nothing is signed for {type}");
            return null;
        }

        return name is null || type is null || setting is null ? null : (name, new AlertChannel(type, setting, key ?? ""));
    }

    private static string? Type(PolicyField field)
    {
        if (field.Node is PolicyNode.Scalar scalar && Types.Contains(scalar.Text))
        {
            return scalar.Text;
        }

        field.MustBe(string.Join(" or ", Types.Select(type => $"'{type}'")));
        return null;
    }

    private static string? Setting(PolicyField field)
    {
        var text = field.Node is PolicyNode.Scalar scalar ? scalar.Text : "";
        if (text.Length <= LongestName && text.Length > Prefix.Length && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter == '_'))
        {
            return text;
        }

        // What stands there may be the secret itself: it is not repeated.
        field.Fail($"must be the name of an app setting, such as {Prefix}TEAMS_FINOPS: up to {LongestName} capital letters, digits and '_' that begin with {Prefix}; "
            + "addresses and keys are secrets and do not belong into a policy");
        return null;
    }
}
