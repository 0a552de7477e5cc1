namespace ScaleFunctions.Core.Policies;

/// <summary>A value that a policy shall have.</summary>
/// <param name="Kind">Kind of the document.</param>
/// <param name="Path">Names of fields, and numbers of items of lists, from the top.</param>
/// <param name="Value">As a policy file has it.</param>
public sealed record PolicyChange(string Kind, IReadOnlyList<string> Path, string Value);
