using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Checks;

/// <summary>
/// A machine on its way to a size that the hardware it runs on does not have: it is deallocated, resized, and started elsewhere. Part of
/// its row from before the first step, so that whoever works next goes on, and until it runs again.
/// </summary>
/// <param name="Epoch">The action that began it.</param>
/// <param name="From">The size before: the way back.</param>
/// <param name="To">The size asked for.</param>
/// <param name="Terms">How it is watched afterwards.</param>
/// <param name="UnhealthyBefore">1 when it was not well before.</param>
/// <param name="StartedAt">When it was begun.</param>
public sealed record Restage(long Epoch, string From, string To, RollOutTerms Terms, int UnhealthyBefore, DateTimeOffset StartedAt)
{
    /// <summary>Whether it takes another size back.</summary>
    public bool IsUndo { get; init; }

    /// <summary>Whether it takes one back with which nothing is wrong: what that was for is over.</summary>
    public bool IsOwed { get; init; }

    /// <summary>Why it is taken back, or goes back to the size before; empty when it does neither.</summary>
    public string Why { get; init; } = "";

    /// <summary>The hour in which it is looked at again; absent where that is not known.</summary>
    public PeakHour? Peak { get; init; }

    /// <summary>Hash of the policy set it was decided under.</summary>
    public string PolicyVersion { get; init; } = "";

    /// <summary>The size it shall be started with: the new one, until that fails, and then the one before.</summary>
    public string Aim { get; init; } = To;

    /// <summary>Whether it was seen deallocated.</summary>
    public bool WasDown { get; init; }

    /// <summary>What was last tried; absent when it was not sent, or worked.</summary>
    public RestageTry? Tried { get; init; }

    /// <summary>Steps that failed, one after the other.</summary>
    public int Failures { get; init; }
}
