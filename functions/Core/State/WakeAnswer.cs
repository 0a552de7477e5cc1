using ScaleFunctions.Core.Decisions.Usage;

namespace ScaleFunctions.Core.State;

/// <summary>What comes of it when a person wants a target back from off-hours.</summary>
public abstract record WakeAnswer
{
    private WakeAnswer()
    {
    }

    /// <param name="Row">The row from now on; evaluations bring it back.</param>
    /// <param name="Snooze">Until when it is on whatever its hours say.</param>
    /// <param name="Note">What else there is to know; empty when nothing.</param>
    public sealed record Woken(TargetRow Row, Snooze Snooze, string Note) : WakeAnswer;

    /// <param name="Why">For people, with what would help.</param>
    public sealed record Refused(string Why) : WakeAnswer;
}
