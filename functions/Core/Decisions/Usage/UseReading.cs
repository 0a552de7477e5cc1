namespace ScaleFunctions.Core.Decisions.Usage;

/// <summary>Whether somebody works on a target. What cannot be read counts as if somebody did.</summary>
public abstract record UseReading
{
    private UseReading()
    {
    }

    /// <summary>Nobody, or nobody is asked.</summary>
    public sealed record Idle : UseReading;

    public sealed record Busy(string Why) : UseReading;

    public sealed record Unknown(string Why) : UseReading;
}
