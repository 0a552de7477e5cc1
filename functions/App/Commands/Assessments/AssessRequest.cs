using ScaleFunctions.Core.Assessments;

namespace ScaleFunctions.App.Commands.Assessments;

/// <summary>Which estate shall be looked at, and how.</summary>
internal sealed record AssessRequest
{
    public required AssessmentTerms Terms { get; init; }

    /// <summary>Whether Azure is meant, with the credentials of this machine.</summary>
    public bool IsAzure { get; init; }

    /// <summary>Subscriptions of Azure; all that the identity sees when empty.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = [];

    /// <summary>A fresh simulated estate of this name; absent: the running local mode, else the usual one.</summary>
    public string? Estate { get; init; }

    /// <summary>A sandbox of another process.</summary>
    public string? Sandbox { get; init; }

    /// <summary>Faults that a fresh simulated Azure shall show.</summary>
    public string? Faults { get; init; }

    /// <summary>How long Azure may be asked, in real time; what is not known by then is a gap.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>Where kinds of resources are declared; absent when only those that are built in are looked at.</summary>
    public string? Policies { get; init; }

    public string? State { get; init; }
}
