using System.Text.Json.Serialization;

namespace ScaleFunctions.App.Commands.Exports;

/// <summary>One of the artifacts that <c>export</c> writes: what the policies come to, for programs and reviewers.</summary>
internal sealed record PolicyExport
{
    [JsonPropertyName("$schema")]
    public required string Schema { get; init; }

    /// <summary>Version of the format, as that of policies.</summary>
    public required string ApiVersion { get; init; }

    /// <summary><c>PerformanceOptimization</c> or <c>CostManagementConfiguration</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>SHA-256 over the names and contents of the files, hexadecimal.</summary>
    public required string PolicyHash { get; init; }

    public required IReadOnlyList<ExportedFile> Files { get; init; }

    /// <summary>In the order of their names.</summary>
    public required IReadOnlyList<ExportedWorkload> Workloads { get; init; }

    /// <summary>Policies that belong to no workload.</summary>
    public required IReadOnlyList<ExportedPolicy> Estate { get; init; }
}
