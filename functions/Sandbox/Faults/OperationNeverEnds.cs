namespace ScaleFunctions.Sandbox.Faults;

/// <summary>The operation a write starts stays in progress for ever.</summary>
public sealed record OperationNeverEnds : FaultEffect;
