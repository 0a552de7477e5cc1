namespace ScaleFunctions.Core.Policies;

/// <summary>What policies are expected to decide (<c>kind: PolicyTest</c>): cases that stand beside the policies and change nothing.</summary>
public sealed record PolicyTest
{
    public required string Name { get; init; }

    public required IReadOnlyList<PolicyCase> Cases { get; init; }

    public required PolicySource Source { get; init; }
}
