namespace ScaleFunctions.Core.State;

/// <summary>How a target fares with the set of policies that decides on it.</summary>
/// <param name="Version">The set that last decided, or opened an action.</param>
/// <param name="Since">When it first did, with no other one since.</param>
public sealed record PolicyTrial(string Version, DateTimeOffset Since)
{
    /// <summary>Actions by the set that have ended, one way or the other.</summary>
    public int Actions { get; init; }

    /// <summary>When one of them last failed for a reason that does not pass by itself; absent when none did.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>When it was last found that what one of them asked for did not come about, or had to be taken back; absent when never.</summary>
    public DateTimeOffset? BreachedAt { get; init; }

    /// <summary>Since when nothing can be decided on it for sure, whichever set decides; absent while it can. What has no instance measures nothing, and is in no doubt.</summary>
    public DateTimeOffset? DoubtSince { get; init; }

    /// <summary>After an evaluation. Another set begins anew, but for a doubt that was there before.</summary>
    public static PolicyTrial See(PolicyTrial? before, string version, bool isInDoubt, DateTimeOffset now) =>
        Of(before, version, now) with { DoubtSince = isInDoubt ? before?.DoubtSince ?? now : null };

    /// <summary>The record of a set; a new one when another one decided before.</summary>
    public static PolicyTrial Of(PolicyTrial? before, string version, DateTimeOffset now) =>
        before?.Version == version ? before : new PolicyTrial(version, now) { DoubtSince = before?.DoubtSince };

    /// <summary>After an action has ended. What an earlier set began says nothing about this one.</summary>
    public PolicyTrial Ended(string version, bool isFailure, DateTimeOffset now) =>
        version != Version ? this : this with { Actions = Actions + 1, FailedAt = isFailure ? now : FailedAt };

    /// <summary>After a check has found something wrong; likewise.</summary>
    public PolicyTrial Breached(string version, DateTimeOffset now) => version != Version ? this : this with { BreachedAt = now };
}
