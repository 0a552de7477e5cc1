using System.Text.Json;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>A resource as it stands at one instant.</summary>
internal sealed record ResourceView(
    ResourceSpec Spec, int Capacity, int Ready, int Booting, string ETag, string ProvisioningState, Guid UniqueId,
    DateTimeOffset CreatedAt, DateTimeOffset ChangedAt)
{
    /// <summary>The size its instances shall have.</summary>
    public string Size { get; init; } = Spec.Sku;

    /// <summary>How far Azure has got with bringing instances to it; absent when it has never begun.</summary>
    public RollOut? RollOut { get; init; }

    /// <summary>Whether nobody has changed its capacity since the start.</summary>
    public bool IsUntouched { get; init; }

    /// <summary>What a PUT replaces, where the type has one.</summary>
    public JsonElement? Document { get; init; }
}
