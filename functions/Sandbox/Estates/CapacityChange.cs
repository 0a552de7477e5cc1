using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>What a caller asks of a scale set, and which faults its operation shall meet.</summary>
internal sealed record CapacityChange(int Goal, string? IfMatch)
{
    public OperationFails? Fails { get; init; }

    public bool NeverEnds { get; init; }
}
