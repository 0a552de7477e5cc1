using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Notifications;

/// <summary>A message on its way to a channel.</summary>
/// <param name="Channel">Where to; its secrets are read when it is sent.</param>
/// <param name="Message">What.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="NextAt">Not before this.</param>
/// <param name="Problem">Why the last try failed; empty before it.</param>
public sealed record OutboxEntry(AlertChannel Channel, AlertMessage Message, int Tries, DateTimeOffset NextAt, string Problem = "")
{
    /// <summary>About a day of trying.</summary>
    public const int MostTries = 10;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(4);

    /// <summary>Whether it is given up, and kept for people to see.</summary>
    public bool IsDead => Tries >= MostTries;

    public bool IsDue(DateTimeOffset now) => !IsDead && NextAt <= now;

    /// <summary>The entry after a try that failed: the pause doubles, and is no shorter than the channel asks for.</summary>
    public OutboxEntry Fail(Delivery.Failed failed, DateTimeOffset now)
    {
        var pause = FirstPause * Math.Pow(2, Tries);
        pause = pause < LongestPause ? pause : LongestPause;
        pause = failed.Wait is { } asked && asked > pause ? (asked < LongestPause ? asked : LongestPause) : pause;
        return this with { Tries = failed.IsFinal ? MostTries : Tries + 1, NextAt = now + pause, Problem = failed.Problem };
    }
}
