using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Checks;

/// <summary>
/// A new size on its way to the instances. It is part of the target's row from the moment Azure may have taken it, so that whoever
/// works next goes on with it, and ends when all instances have been well with it for a while, or have the old one again.
/// </summary>
/// <param name="Epoch">The action that began it.</param>
/// <param name="From">The size before: the way back.</param>
/// <param name="To">The size asked for.</param>
/// <param name="Terms">How it is brought to the instances.</param>
/// <param name="UnhealthyBefore">Instances that were not well before it.</param>
/// <param name="StartedAt">When Azure took it.</param>
public sealed record RollOut(long Epoch, string From, string To, RollOutTerms Terms, int UnhealthyBefore, DateTimeOffset StartedAt)
{
    /// <summary>Whether it takes another one back. That is not taken back in turn.</summary>
    public bool IsUndo { get; init; }

    /// <summary>Whether it takes one back with which nothing is wrong: what that was for is over.</summary>
    public bool IsOwed { get; init; }

    /// <summary>Whether Azure said that the resource has it. Another size that is seen after that is somebody's choice.</summary>
    public bool WasTaken { get; init; }

    /// <summary>Why it is taken back; empty when it is not.</summary>
    public string Why { get; init; } = "";

    /// <summary>The hour in which it is looked at again; absent where that is not known.</summary>
    public PeakHour? Peak { get; init; }

    /// <summary>Why it waits, where that is not for time or for Azure; empty when it does not.</summary>
    public string Doubt { get; init; } = "";

    /// <summary>Whether it is a machine that had to be stopped for it, and has to be again for the way back.</summary>
    public bool IsByStopping { get; init; }

    /// <summary>When the last batch was begun; absent before the first one of ours.</summary>
    public DateTimeOffset? BatchAt { get; init; }

    /// <summary>When it was last tried to take it back; absent before that.</summary>
    public DateTimeOffset? UndoTriedAt { get; init; }

    /// <summary>Since when it is tried to take it back; absent while nothing is against it.</summary>
    public DateTimeOffset? UndoSince { get; init; }

    /// <summary>Hash of the policy set it was decided under.</summary>
    public string PolicyVersion { get; init; } = "";

    /// <summary>Since when more instances are unwell than before; absent while they are.</summary>
    public DateTimeOffset? SickSince { get; init; }

    /// <summary>Since when all instances have the size and are well; absent before that.</summary>
    public DateTimeOffset? WholeSince { get; init; }
}
