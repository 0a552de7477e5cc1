namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>A loss of resources: how many were known, and how many are missing; none when it is over.</summary>
public sealed record InventoryFacts(int Known, int Missing);
