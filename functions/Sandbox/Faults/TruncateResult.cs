namespace ScaleFunctions.Sandbox.Faults;

/// <summary>An answer of Resource Graph ends after so many rows, says that it is truncated, and gives no token to go on with.</summary>
public sealed record TruncateResult(int Rows) : FaultEffect;
