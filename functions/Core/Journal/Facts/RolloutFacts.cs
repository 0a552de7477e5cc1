namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>Where a changed set of policies is on its way to all.</summary>
/// <param name="Version">The changed set.</param>
/// <param name="Before">The set in force before it.</param>
/// <param name="Ring">The last ring that has it, or had it.</param>
/// <param name="Halted">Why it was halted; absent when it is not.</param>
public sealed record RolloutFacts(string Version, string Before, string Ring, string? Halted);
