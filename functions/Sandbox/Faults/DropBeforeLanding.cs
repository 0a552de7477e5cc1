namespace ScaleFunctions.Sandbox.Faults;

/// <summary>Cuts the connection before the request was handled: a write did not land.</summary>
public sealed record DropBeforeLanding : FaultEffect;
