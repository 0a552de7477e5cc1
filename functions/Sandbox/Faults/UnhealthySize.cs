namespace ScaleFunctions.Sandbox.Faults;

/// <summary>Instances that come to a size by the write that meets it run, say that they are not well, and carry no load.</summary>
/// <param name="Size">Which size; any when absent.</param>
public sealed record UnhealthySize(string? Size = null) : FaultEffect;
