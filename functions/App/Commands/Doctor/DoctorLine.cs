using ScaleFunctions.Core.InfrastructureCode;

namespace ScaleFunctions.App.Commands.Doctor;

/// <summary>A place in code that sets a capacity back.</summary>
internal sealed record DoctorLine
{
    public required string File { get; init; }

    public required int Line { get; init; }

    public required string Address { get; init; }

    public required string Type { get; init; }

    public required string Sets { get; init; }

    public required ResetProof Proof { get; init; }

    /// <summary>Absent where no state tells.</summary>
    public string? ResourceId { get; init; }

    /// <summary>Absent where no plan tells.</summary>
    public string? Planned { get; init; }

    /// <summary>Where the module it is in is called, for people; empty when it is in none.</summary>
    public required IReadOnlyList<string> CalledFrom { get; init; }

    /// <summary>Absent where no autoscale setting stands beside it.</summary>
    public string? Autoscale { get; init; }

    public required bool IsPatched { get; init; }

    public required string Advice { get; init; }

    public static DoctorLine Of(CapacityReset reset) => new()
    {
        File = reset.File,
        Line = reset.Line,
        Address = reset.Address,
        Type = reset.Type,
        Sets = reset.Sets,
        Proof = reset.Proof,
        ResourceId = reset.ResourceId,
        Planned = reset.Planned,
        CalledFrom = reset.CalledFrom,
        Autoscale = reset.Autoscale,
        IsPatched = reset.Edits.Count > 0,
        Advice = reset.Advice,
    };

    /// <summary>What it does, for people.</summary>
    public string What => string.Concat(
        Proof switch
        {
            ResetProof.Code => $"sets {Sets} at every deployment",
            ResetProof.Plan => $"the next apply changes {Sets}",
            _ => $"Terraform's state holds {Sets}",
        },
        Planned is { } planned && Proof != ResetProof.Plan ? $"; the next apply changes {planned}" : "",
        CalledFrom.Count > 0 ? $"; called as {string.Join("; ", CalledFrom)}" : "",
        Autoscale is { } autoscale ? $"; {autoscale} scales it too" : "");
}
