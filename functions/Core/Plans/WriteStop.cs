namespace ScaleFunctions.Core.Plans;

/// <summary>Whether a person stopped writes, to all targets or to this one.</summary>
public abstract record WriteStop
{
    private WriteStop()
    {
    }

    public sealed record None : WriteStop;

    public sealed record KillSwitch(string By, string Why, DateTimeOffset? At) : WriteStop;

    /// <summary>The switch could not be read: that counts as set.</summary>
    public sealed record KillSwitchUnreadable : WriteStop;

    public sealed record Pause(string By, string Why, DateTimeOffset? Until) : WriteStop;
}
