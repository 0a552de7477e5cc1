using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>A resource whose capacity somebody else sets.</summary>
public sealed record LeftAloneResource(TargetId Id, string Region, string Sku, int Capacity, CapacityOwner Owner);
