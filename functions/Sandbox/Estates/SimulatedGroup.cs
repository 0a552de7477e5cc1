namespace ScaleFunctions.Sandbox.Estates;

/// <summary>A resource group that has something in it.</summary>
internal sealed record SimulatedGroup(string Id, string Name, string Region, string? ManagedBy);
