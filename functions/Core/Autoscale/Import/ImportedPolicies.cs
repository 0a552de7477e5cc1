namespace ScaleFunctions.Core.Autoscale.Import;

/// <summary>Policies that decide as a setting of Azure's own autoscale does.</summary>
/// <param name="Yaml">The documents; what could not be said stands in them as comments.</param>
/// <param name="Notes">The same, one line each.</param>
public sealed record ImportedPolicies(string Yaml, IReadOnlyList<string> Notes);
