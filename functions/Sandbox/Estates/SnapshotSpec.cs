using System.Text.Json.Nodes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>A snapshot of a disk.</summary>
public sealed record SnapshotSpec : IdleSpec
{
    /// <summary>GiB of the disk.</summary>
    public int Size { get; init; } = 128;

    /// <summary>GiB that are stored, which is what is billed.</summary>
    public int Used { get; init; } = 40;

    public DateTimeOffset CreatedAt { get; init; } = new(2025, 3, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Id of the disk it was taken of.</summary>
    public string Source { get; init; } = "";

    internal override string SkuName => "Standard_LRS";

    internal override string? Meter => "LRS Snapshots";

    internal override decimal Units => Used;

    internal override JsonObject Properties() => new()
    {
        ["timeCreated"] = Time(CreatedAt),
        ["diskSizeGB"] = Size,
        ["diskState"] = "Unattached",
        ["incremental"] = false,
        ["creationData"] = new JsonObject { ["createOption"] = "Copy", ["sourceResourceId"] = Source },
        ["provisioningState"] = ProvisioningStates.Succeeded,
    };

    /// <summary>The id of a snapshot from the parts that differ.</summary>
    public static TargetId IdOf(string subscription, string resourceGroup, string name) =>
        Of(subscription, resourceGroup, "Microsoft.Compute/snapshots", name);
}
