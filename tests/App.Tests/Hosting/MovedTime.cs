namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>The time, and as much more as a test says.</summary>
internal sealed class MovedTime : TimeProvider
{
    /// <summary>Where it stands still; it goes on by itself when absent.</summary>
    public DateTimeOffset? StandsAt { get; init; }

    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => (StandsAt ?? base.GetUtcNow()) + Ahead;
}
