namespace ScaleFunctions.Core.Plans;

/// <summary>A size that has yet to be seen in the busiest hour.</summary>
/// <param name="Size">Its name.</param>
/// <param name="Until">End of that hour.</param>
/// <param name="Doubt">Why nobody could tell when it passed; empty before that.</param>
public sealed record AwaitedPeak(string Size, DateTimeOffset Until, string Doubt);
