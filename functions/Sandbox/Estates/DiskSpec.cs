using System.Text.Json.Nodes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>A managed disk: unattached when nothing uses it.</summary>
public sealed record DiskSpec : IdleSpec
{
    /// <summary>GiB.</summary>
    public int Size { get; init; } = 128;

    /// <summary><c>Premium_LRS</c>, <c>StandardSSD_LRS</c> or <c>Standard_LRS</c>.</summary>
    public string Sku { get; init; } = "Premium_LRS";

    public DateTimeOffset CreatedAt { get; init; } = new(2025, 6, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Since when it is attached, or is not.</summary>
    public DateTimeOffset OwnedSince { get; init; } = new(2025, 9, 1, 8, 0, 0, TimeSpan.Zero);

    internal override string SkuName => Sku;

    internal override string ManagedBy => UsedBy ?? "";

    // Disks are billed by the size they are rounded up to: learn.microsoft.com/azure/virtual-machines/disks-types.
    internal override string? Meter => $"{Letter}{Step} LRS Disk";

    internal override JsonObject Properties() => new()
    {
        ["diskState"] = UsedBy is null ? "Unattached" : "Attached",
        ["diskSizeGB"] = Size,
        ["timeCreated"] = Time(CreatedAt),
        ["LastOwnershipUpdateTime"] = Time(OwnedSince),
        ["creationData"] = new JsonObject { ["createOption"] = "Empty" },
        ["provisioningState"] = ProvisioningStates.Succeeded,
    };

    private char Letter => Sku switch
    {
        "Premium_LRS" => 'P',
        "StandardSSD_LRS" => 'E',
        _ => 'S',
    };

    private int Step => Size switch
    {
        <= 32 => 4,
        <= 64 => 6,
        <= 128 => 10,
        <= 256 => 15,
        <= 512 => 20,
        _ => 30,
    };

    /// <summary>The id of a disk from the parts that differ.</summary>
    public static TargetId IdOf(string subscription, string resourceGroup, string name) =>
        Of(subscription, resourceGroup, "Microsoft.Compute/disks", name);
}
