namespace ScaleFunctions.Sandbox.Faults;

/// <summary>Shows a wrong capacity in answers that read a scale set. The resource itself is as it was.</summary>
public sealed record ShowCapacity(int Capacity) : FaultEffect;
