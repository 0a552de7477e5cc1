namespace ScaleFunctions.Core.Notifications;

/// <summary>That a person wants to hear nothing about something for a while. What is critical is told all the same.</summary>
/// <param name="About">As <see cref="Alert.About"/> has it.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">What still stands then is told then.</param>
public sealed record AlertSnooze(string About, string By, string Reason, DateTimeOffset Until)
{
    /// <summary>What nobody wants to hear of for longer should not be told by the policy.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Whether nobody is told of an alert as long as this one holds, which <see cref="AlertSnoozes"/> knows.</summary>
    public bool Quiets(Alert alert) =>
        alert.Urgency != AlertUrgency.Critical && string.Equals(alert.About, About, StringComparison.OrdinalIgnoreCase);
}
