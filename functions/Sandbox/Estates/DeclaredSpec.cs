using System.Text.Json;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>One simulated resource of a kind that nothing here knows but by what stands in it: its capacity is a number somewhere in its body.</summary>
public sealed record DeclaredSpec : ResourceSpec
{
    /// <summary>The body as it begins, without what every resource has: <c>sku</c>, <c>properties</c>, <c>kind</c>.</summary>
    public required string Body { get; init; }

    public string CapacityPath { get; init; } = "sku.capacity";

    public required IReadOnlyList<string> ApiVersions { get; init; }

    public IReadOnlyList<string> Verbs { get; init; } = ["PATCH"];

    /// <summary>What the service sells; anything else it refuses.</summary>
    public required CapacityRange Range { get; init; }

    public string StatePath { get; init; } = "properties.provisioningState";

    public string SettledState { get; init; } = ProvisioningStates.Succeeded;

    public string BusyState { get; init; } = ProvisioningStates.Updating;

    /// <summary>Whether it has an <c>etag</c>, and heeds <c>If-Match</c>.</summary>
    public bool HasETag { get; init; }

    internal override JsonElement? Document => DeclaredDocument.Of(this);

    internal override int LargestFleet => Range.Maximum;
}
