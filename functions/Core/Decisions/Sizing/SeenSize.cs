namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>The size a target was last seen with.</summary>
/// <param name="Size">Its name.</param>
/// <param name="Since">Since when all instances have had it, as far as it is known; the first size that was seen may be as old as anything.</param>
public sealed record SeenSize(string Size, DateTimeOffset Since);
