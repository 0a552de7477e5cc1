namespace ScaleFunctions.Core.ActivityLogs;

/// <summary>What the activity log tells. The log is minutes behind: that it has nothing does not prove that nothing happened.</summary>
public abstract record ActivityReading
{
    private ActivityReading()
    {
    }

    /// <param name="Records">The newest first.</param>
    public sealed record Read(IReadOnlyList<ActivityRecord> Records) : ActivityReading;

    public sealed record Unreadable(string Why) : ActivityReading;
}
