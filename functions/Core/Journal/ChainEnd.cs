namespace ScaleFunctions.Core.Journal;

/// <summary>How far a chain had come at some time.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Sequence">Number of its last entry then.</param>
/// <param name="Hash">Hash of that entry.</param>
public sealed record ChainEnd(string Chain, long Sequence, string Hash);
