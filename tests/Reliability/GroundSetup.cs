namespace ScaleFunctions.Reliability.Tests;

/// <summary>What differs between grounds.</summary>
internal sealed record GroundSetup
{
    /// <summary>A directory that outlives the ground; one of its own when absent.</summary>
    public string? State { get; init; }

    public StirredEstate Estate { get; init; } = new();

    /// <summary>The directory of the policies.</summary>
    public string Policies { get; init; } = Built.Policies;
}
