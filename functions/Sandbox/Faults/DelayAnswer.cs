namespace ScaleFunctions.Sandbox.Faults;

/// <summary>Waits before the request is handled; the wait is charged to simulated time.</summary>
public sealed record DelayAnswer(TimeSpan Wait) : FaultEffect;
