using ScaleFunctions.Core.InfrastructureCode;

namespace ScaleFunctions.App.Commands.Doctor;

/// <summary>What <c>doctor</c> found.</summary>
internal sealed record DoctorView
{
    public required string Directory { get; init; }

    /// <summary>Files that were looked into.</summary>
    public required int Files { get; init; }

    public required IReadOnlyList<DoctorLine> Resets { get; init; }

    public required IReadOnlyList<CodeDoubt> NotJudged { get; init; }

    /// <summary>A unified diff; empty when there is nothing that one ends.</summary>
    public required string Patch { get; init; }
}
