namespace ScaleFunctions.Core.Targets;

/// <summary>What the inventory could see. A partial inventory is unfit for lowering anything.</summary>
public abstract record InventoryReading(IReadOnlyList<ObservedTarget> Targets)
{
    public sealed record Complete(IReadOnlyList<ObservedTarget> Targets) : InventoryReading(Targets);

    public sealed record Partial(IReadOnlyList<ObservedTarget> Targets, string Reason) : InventoryReading(Targets);
}
