namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>The time, and as much more as a test says.</summary>
internal sealed class MovedTime : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
