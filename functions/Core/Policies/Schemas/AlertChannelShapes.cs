using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ScaleFunctions.Core.Policies.Schemas;

/// <summary>What <c>kind: AlertChannels</c> looks like.</summary>
internal static class AlertChannelShapes
{
    private const string Setting = "^ALERT_[A-Z0-9_]{1,58}$";

    internal sealed record AlertChannels
    {
        [Description("Where alerts can go.")]
        public required IReadOnlyList<AlertChannelShape> Channels { get; init; }

        [Description("Names of the channels for what no other is named for, and for the platform's own alerts. Default: nobody is told.")]
        public IReadOnlyList<string>? Default { get; init; }

        [Description("Who is told by which channels.")]
        public IReadOnlyList<AlertOwnerShape>? Owners { get; init; }
    }

    internal sealed record AlertChannelShape
    {
        [Description("As policies name it.")]
        [RegularExpression(PolicyShapes.Name)]
        public required string Name { get; init; }

        [Description("teams: a card to a workflow's webhook; slack: blocks to an incoming webhook; webhook: signed JSON; eventGrid: an event to a topic; actionGroup: what the alert rule of the deployment mails.")]
        [AllowedValues(AlertChannelBinding.Teams, AlertChannelBinding.Slack, AlertChannelBinding.Webhook, AlertChannelBinding.EventGrid, AlertChannelBinding.ActionGroup)]
        public required string Type { get; init; }

        [Description("Name of the app setting that holds the address; addresses are secrets. Needed but for type actionGroup.")]
        [RegularExpression(AlertChannelShapes.Setting)]
        public string? Setting { get; init; }

        [Description("Name of the app setting that holds the key: of a webhook, which is signed with it and needs it; of a topic, which is published to with the app's identity without.")]
        [RegularExpression(AlertChannelShapes.Setting)]
        public string? KeySetting { get; init; }
    }

    internal sealed record AlertOwnerShape
    {
        [Description("As policies have it in metadata.owner.")]
        public required string Owner { get; init; }

        [Description("Names of channels.")]
        public required IReadOnlyList<string> Channels { get; init; }
    }
}
