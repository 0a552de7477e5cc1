namespace ScaleFunctions.Sandbox.Estates;

/// <summary>A scale set as it stands at one instant.</summary>
internal sealed record ScaleSetView(
    ScaleSetSpec Spec, int Capacity, int Ready, int Booting, string ETag, string ProvisioningState, Guid UniqueId,
    DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);
