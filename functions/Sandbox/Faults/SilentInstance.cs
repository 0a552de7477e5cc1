namespace ScaleFunctions.Sandbox.Faults;

/// <summary>The first instance reports nothing.</summary>
public sealed record SilentInstance : FaultEffect;
