namespace ScaleFunctions.Sandbox.Faults;

/// <summary>Every reported number of a metric is this one, whatever the load; the count of instances stays true.</summary>
public sealed record ConstantMetrics(double Value) : FaultEffect;
