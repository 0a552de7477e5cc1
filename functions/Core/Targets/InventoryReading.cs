namespace ScaleFunctions.Core.Targets;

/// <summary>What the inventory could see. A partial inventory is unfit for lowering anything.</summary>
public abstract record InventoryReading(IReadOnlyList<ObservedTarget> Targets)
{
    /// <summary>What was seen and whose capacity somebody else sets, as <see cref="ObservedTarget.Owner"/> says. It is told, and is no target.</summary>
    public IReadOnlyList<ObservedTarget> LeftAlone { get; init; } = [];

    /// <summary>What could not be listed and nothing depends on.</summary>
    public IReadOnlyList<UnreadPart> Unread { get; init; } = [];

    public sealed record Complete(IReadOnlyList<ObservedTarget> Targets) : InventoryReading(Targets);

    public sealed record Partial(IReadOnlyList<ObservedTarget> Targets, string Reason) : InventoryReading(Targets);
}
