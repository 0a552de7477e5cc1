namespace ScaleFunctions.Core.Policies;

/// <summary>Where a resource of a declared kind says how it stands.</summary>
/// <param name="Path">A member of its body.</param>
/// <param name="Settled">Values that say that no change is under way.</param>
public sealed record DeclaredState(string Path, IReadOnlyList<string> Settled)
{
    /// <summary>What nearly every provider has.</summary>
    public static DeclaredState Usual { get; } = new("properties.provisioningState", ["Succeeded", "Failed", "Canceled"]);

    public bool HasSettled(string value) => Settled.Contains(value, StringComparer.OrdinalIgnoreCase);
}
