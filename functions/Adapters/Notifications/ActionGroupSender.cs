using System.Diagnostics;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Adapters.Notifications;

/// <summary>
/// Has an action group tell it, by mail for instance. Azure has no call that makes one send a message of ours: it is a span of our telemetry
/// that an alert rule of the deployment waits for (bicep/modules/alerts.bicep).
/// </summary>
internal sealed class ActionGroupSender : IAlertSender
{
    /// <summary>Of the activity source.</summary>
    public const string SourceName = "ScaleFunctions.Alerts";

    /// <summary>The span that the rule looks for.</summary>
    public const string SpanName = "alert";

    private static readonly ActivitySource Source = new(SourceName);

    public string Type => AlertChannelBinding.ActionGroup;

    public Task<Delivery> SendAsync(AlertChannel channel, AlertMessage message, CancellationToken cancellationToken)
    {
        using var activity = Source.StartActivity(SpanName);
        if (activity is not { IsAllDataRequested: true })
        {
            return Task.FromResult<Delivery>(new Delivery.Failed("telemetry goes nowhere, so that no alert rule can see it"));
        }

        var facts = AlertText.Facts(message.Alerts[0]).ToDictionary(fact => fact.Name, fact => fact.Text);
        activity.SetTag("scalefunctions.alert.id", WebhookBody.IdOf(message));
        activity.SetTag("scalefunctions.alert.owner", message.Owner);
        activity.SetTag("scalefunctions.alert.urgency", WebhookBody.Word(message.Urgency));
        activity.SetTag("scalefunctions.alert.what", AlertText.Cut(message.Title));
        activity.SetTag("scalefunctions.alert.why", message.IsDigest ? string.Join("; ", message.Alerts.Select(alert => AlertText.Cut(alert.What))) + AlertText.LeftOut(message) : facts["Why"]);
        foreach (var name in message.IsDigest ? [] : new[] { "Money", "About", "Undo", "Snooze" })
        {
            activity.SetTag($"scalefunctions.alert.{name.ToLowerInvariant()}", facts.GetValueOrDefault(name, ""));
        }

        return Task.FromResult<Delivery>(new Delivery.Done());
    }
}
