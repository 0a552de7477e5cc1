namespace ScaleFunctions.Reliability.Tests;

/// <summary>What the judge found.</summary>
/// <param name="Effective">Writes that changed a resource.</param>
/// <param name="Duplicates">Writes that repeated one.</param>
/// <param name="Wrong">Everything else that must not be, in sentences.</param>
/// <param name="Ends">How the actions ended: count by name.</param>
internal sealed record Verdict(
    int Effective, IReadOnlyList<string> Duplicates, IReadOnlyList<string> Wrong, IReadOnlyDictionary<string, int> Ends)
{
    public void RequireClean() => Assert.True(
        Duplicates.Count == 0 && Wrong.Count == 0, string.Join('\n', Duplicates.Concat(Wrong).Prepend("the judge found:")));
}
