namespace ScaleFunctions.Core.Policies;

/// <summary>Sizes of a declared kind, and the capacities they may have.</summary>
/// <param name="Names">Values of <c>sku.name</c>, or patterns of them.</param>
/// <param name="Range">Their capacities.</param>
public sealed record DeclaredSize(IReadOnlyList<string> Names, CapacityRange Range)
{
    public bool Covers(string sku) => Names.Any(pattern => NamePattern.Fits(pattern, sku));
}
