namespace ScaleFunctions.App.Hosting.Api;

/// <summary>A capacity from a time on.</summary>
internal sealed record CapacityStep(DateTimeOffset At, int Count);
