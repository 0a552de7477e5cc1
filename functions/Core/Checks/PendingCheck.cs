namespace ScaleFunctions.Core.Checks;

/// <summary>A question to be answered after an action: did the instances arrive?</summary>
/// <param name="Epoch">The action that is watched.</param>
/// <param name="From">Instances before it.</param>
/// <param name="Goal">Instances asked for.</param>
/// <param name="StartedAt">When Azure finished the operation.</param>
/// <param name="Deadline">When the answer is "no" if it is not "yes" by then.</param>
public sealed record PendingCheck(long Epoch, int From, int Goal, DateTimeOffset StartedAt, DateTimeOffset Deadline)
{
    /// <summary>When Azure was asked; absent when it is not known.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>The set of policies that decided so; empty for actions of before that was noted.</summary>
    public string PolicyVersion { get => field ?? ""; init; } = "";
}
