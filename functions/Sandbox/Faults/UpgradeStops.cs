namespace ScaleFunctions.Sandbox.Faults;

/// <summary>A roll-out by Azure gets no further after its first instances, and neither ends nor fails.</summary>
/// <param name="Upgraded">How many come to the new size before.</param>
public sealed record UpgradeStops(int Upgraded) : FaultEffect;
