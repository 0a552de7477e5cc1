namespace ScaleFunctions.Core.Notifications;

/// <summary>What is sent at once: one alert, or those that came together.</summary>
/// <param name="Id">Unique; the same in every try, so that who gets it twice can tell.</param>
/// <param name="Owner">Whom it is for.</param>
/// <param name="Alerts">At least one, the oldest first.</param>
/// <param name="LeftOut">How many more there were than a digest holds.</param>
public sealed record AlertMessage(string Id, string Owner, IReadOnlyList<Alert> Alerts, int LeftOut = 0)
{
    public bool IsDigest => Alerts.Count > 1 || LeftOut > 0;

    public AlertUrgency Urgency => Alerts.Max(alert => alert.Urgency);

    /// <summary>One line for people.</summary>
    public string Title => IsDigest ? $"{Alerts.Count + LeftOut} alerts" + (Owner.Length == 0 ? "" : $" for {Owner}") : Alerts[0].What;
}
