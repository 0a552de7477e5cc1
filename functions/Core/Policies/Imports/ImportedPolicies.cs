namespace ScaleFunctions.Core.Policies.Imports;

/// <summary>Policies that decide as a setting of Azure's own autoscale does.</summary>
/// <param name="Yaml">The documents, which <see cref="PolicyReader"/> takes; what could not be said stands in them as comments. Empty when nothing is written.</param>
/// <param name="Notes">The same, one line each.</param>
public sealed record ImportedPolicies(string Yaml, IReadOnlyList<string> Notes)
{
    /// <summary>Why nothing is written, and what to do by hand; absent when something is.</summary>
    public string? LeftOut { get; init; }

    public static ImportedPolicies Nothing(string reason) => new("", []) { LeftOut = reason };
}
