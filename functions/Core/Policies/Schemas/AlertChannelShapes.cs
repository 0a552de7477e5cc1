using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ScaleFunctions.Core.Policies.Schemas;

/// <summary>What the <c>channels</c> of a policy look like.</summary>
internal static class AlertChannelShapes
{
    private const string Setting = "^ALERT_[A-Z0-9_]{1,58}$";

    internal sealed record AlertChannelShape
    {
        [Description("teams: a card to a workflow's webhook; slack: blocks to an incoming webhook; webhook: signed JSON.")]
        [AllowedValues(AlertChannelBinding.Teams, AlertChannelBinding.Slack, AlertChannelBinding.Webhook)]
        public required string Type { get; init; }

        [Description("Name of the app setting that holds the address; addresses are secrets.")]
        [RegularExpression(AlertChannelShapes.Setting)]
        public required string Setting { get; init; }

        [Description("Name of the app setting that holds the key that a webhook is signed with. Needed for type webhook.")]
        [RegularExpression(AlertChannelShapes.Setting)]
        public string? KeySetting { get; init; }
    }
}
