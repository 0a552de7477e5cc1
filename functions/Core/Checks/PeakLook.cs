using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Checks;

/// <summary>
/// A size that was rolled out well, mostly at night, and has yet to go through the busiest hour of a day. Part of the target's row, so
/// that it is looked at whoever works by then.
/// </summary>
/// <param name="Of">The roll-out: which size, from which, and on which terms.</param>
/// <param name="From">Begin of the hour.</param>
/// <param name="To">Its end.</param>
public sealed record PeakLook(RollOut Of, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>How often the hour passed and nobody could tell.</summary>
    public int Unseen { get; init; }

    /// <summary>Why it waits, where that is not for the hour; empty when it does not.</summary>
    public string Doubt { get; init; } = "";

    /// <summary>Since when it is tried to take the size back; absent before that.</summary>
    public DateTimeOffset? UndoSince { get; init; }

    /// <summary>When it was last tried to take the size back; absent before that.</summary>
    public DateTimeOffset? UndoTriedAt { get; init; }

    /// <summary>The look at a size that was rolled out; nothing where no guard tells anything, and for one that is taken back.</summary>
    public static PeakLook? After(RollOut state, DateTimeOffset now) =>
        state.IsUndo || state.Terms.Guard is null ? null
        : state.Peak is { } peak && peak.After(now) is var from ? new PeakLook(state, from, from + PeakHour.Length)
        : new PeakLook(state, now, now + PeakHour.Day);
}
