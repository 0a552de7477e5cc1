namespace ScaleFunctions.Sandbox.Faults;

/// <summary>Leaves the tags out of answers that read scale sets.</summary>
public sealed record HideTags : FaultEffect;
