using ScaleFunctions.Core.Notifications;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>A message that waits to be sent, or was given up.</summary>
/// <param name="Id">For trying it again.</param>
/// <param name="IsGivenUp">Whether nobody tries any more.</param>
/// <param name="Owner">Whom it is for; empty for the platform's.</param>
/// <param name="Title">One line.</param>
/// <param name="Channel">The type of the channel, and the app setting of its address.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="NextAt">When it is tried next; of one that was given up, when it would have been.</param>
/// <param name="Problem">Why the last try failed; empty before it.</param>
internal sealed record AlertView(string Id, bool IsGivenUp, string Owner, string Title, string Channel, int Tries, DateTimeOffset NextAt, string Problem)
{
    public static AlertView Of(OutboxMessage message)
    {
        var entry = message.Entry;
        return new AlertView(
            message.Id, entry.IsDead, entry.Message.Owner, entry.Message.Title, $"{entry.Channel.Type} {entry.Channel.Setting}".TrimEnd(), entry.Tries, entry.NextAt, entry.Problem);
    }
}
