namespace ScaleFunctions.Core.State;

/// <summary>One signal as a formula used it.</summary>
/// <param name="Signal">Name in the policy.</param>
/// <param name="Value">The number; absent when it could not be read.</param>
/// <param name="Doubt">Why it proves nothing; empty when it does.</param>
public sealed record SignalInput(string Signal, double? Value, string Doubt);
