namespace ScaleFunctions.Core.Cycle;

/// <summary>A resource that costs something nobody counts.</summary>
/// <param name="Resource">Id in lower case.</param>
/// <param name="Why">For people.</param>
public sealed record UncountedResource(string Resource, string Why);
