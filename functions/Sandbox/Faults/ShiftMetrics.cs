namespace ScaleFunctions.Sandbox.Faults;

/// <summary>Metric points carry times moved by this much: stale ones, or ones from the future.</summary>
public sealed record ShiftMetrics(TimeSpan By) : FaultEffect;
