using System.Text.Json;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>What a caller asks of a resource, and which faults its operation shall meet.</summary>
internal sealed record CapacityChange(int Goal, string? IfMatch)
{
    /// <summary>What takes the place of the resource's other members; absent when they stay.</summary>
    public JsonElement? Document { get; init; }

    /// <summary>The size instances shall have; absent when it stays.</summary>
    public string? Size { get; init; }

    /// <summary>What goes wrong.</summary>
    public IReadOnlyList<FaultEffect> Faults { get; init; } = [];

    public OperationFails? Fails => Faults.OfType<OperationFails>().FirstOrDefault();

    public bool NeverEnds => Faults.OfType<OperationNeverEnds>().Any();
}
