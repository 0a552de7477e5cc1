namespace ScaleFunctions.Sandbox.Faults;

/// <summary>The first instance reports this CPU, whatever the load; the others stay as they are.</summary>
public sealed record HotInstance(double CpuPercent) : FaultEffect;
