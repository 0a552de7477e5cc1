namespace ScaleFunctions.Core.Conformance;

/// <summary>A point in which the sandbox was compared with what it stands for.</summary>
/// <param name="Step">What was done.</param>
/// <param name="Point">What of the answer.</param>
/// <param name="Outcome">How it compares.</param>
/// <param name="Real">What was seen there; why not, when it was never tried.</param>
/// <param name="Sandbox">What the sandbox did.</param>
public sealed record ConformanceRow(string Step, string Point, ConformanceOutcome Outcome, string Real, string Sandbox);
