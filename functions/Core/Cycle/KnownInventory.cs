using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What the inventory held when it was last good.</summary>
/// <param name="Counts">How many resources.</param>
/// <param name="LeftAloneHash">Names the content of what was left alone then, so that it is written only when it changed.</param>
public sealed record KnownInventory(EstateCounts Counts, string LeftAloneHash);
