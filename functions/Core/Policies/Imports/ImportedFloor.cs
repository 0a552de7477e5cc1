namespace ScaleFunctions.Core.Policies.Imports;

/// <summary>A minimum at some times.</summary>
/// <param name="When">In the words of a policy.</param>
/// <param name="Zone">By the name IANA has for it.</param>
/// <param name="Minimum">Instances.</param>
internal sealed record ImportedFloor(string When, string Zone, int Minimum);
