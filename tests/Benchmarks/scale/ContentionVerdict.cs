namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>What the judge found.</summary>
/// <param name="Actions">Actions that the journal tells of.</param>
/// <param name="Effective">Writes that changed a resource.</param>
/// <param name="Refused">Writes that arrived and changed nothing.</param>
/// <param name="Duplicates">Writes that repeated one, in sentences.</param>
/// <param name="Wrong">Everything else that must not be, in sentences.</param>
internal sealed record ContentionVerdict(int Actions, int Effective, int Refused, IReadOnlyList<string> Duplicates, IReadOnlyList<string> Wrong);
