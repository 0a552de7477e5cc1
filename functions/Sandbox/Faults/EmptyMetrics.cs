namespace ScaleFunctions.Sandbox.Faults;

/// <summary>Metrics without numbers: no series at all, or points that carry only their time.</summary>
public sealed record EmptyMetrics(bool KeepsPoints = false) : FaultEffect;
