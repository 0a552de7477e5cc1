namespace ScaleFunctions.Core.Policies;

/// <summary>
/// One document after binding. Names stay known even when the document has errors, so that references to it can say
/// "has errors" instead of "is not defined".
/// </summary>
internal sealed record PolicyDocument
{
    public required string Kind { get; init; }

    public string? Name { get; init; }

    public required PolicySource NameSource { get; init; }

    /// <summary>The workload a policy refers to; absent for a workload itself, or when it could not be read.</summary>
    public string? Workload { get; init; }

    public PolicySource WorkloadSource { get; init; }

    /// <summary>Names of the policies it is laid over, nearest first.</summary>
    public IReadOnlyList<string> Extends { get; init; } = [];

    /// <summary>The bound policy record; absent when the document has errors.</summary>
    public object? Policy { get; init; }
}
