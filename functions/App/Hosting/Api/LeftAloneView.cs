using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>A resource that is left alone.</summary>
internal sealed record LeftAloneView(string Id, string Name, string Region, string Sku, int Capacity, OwnerKind Kind, string Owner, string Reason)
{
    public static LeftAloneView Of(LeftAloneResource resource) => new(
        resource.Id.Value, resource.Id.Name, resource.Region, resource.Sku, resource.Capacity, resource.Owner.Kind, resource.Owner.Name, resource.Owner.Why);
}
