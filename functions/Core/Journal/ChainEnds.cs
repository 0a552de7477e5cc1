using System.Security.Cryptography;
using System.Text;

namespace ScaleFunctions.Core.Journal;

/// <summary>
/// The ends of all chains at some time. A chain proves that nothing inside it was changed; only what is kept beside it proves that it was
/// not cut, or taken away whole together with its row.
/// </summary>
public static class ChainEnds
{
    /// <summary>The ends now. A chain that does not go on from where it was keeps its earlier end, so that the loss is not forgotten.</summary>
    /// <param name="earlier">The ends of the last time.</param>
    /// <param name="now">The ends of the chains that there are.</param>
    /// <returns>The ends in the order of their chains, and what is wrong.</returns>
    public static (IReadOnlyList<ChainEnd> Ends, IReadOnlyList<string> Faults) Follow(IReadOnlyList<ChainEnd> earlier, IReadOnlyList<ChainEnd> now)
    {
        var ends = now.ToDictionary(end => end.Chain, StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var before in earlier)
        {
            if (!ends.TryGetValue(before.Chain, out var end) || end.Sequence < before.Sequence)
            {
                faults.Add($"the chain {before.Chain} had come to entry {before.Sequence}, and {(end is null ? "is missing" : $"ends at {end.Sequence} now")}");
                ends[before.Chain] = before;
            }
            else if (end.Sequence == before.Sequence && end.Hash != before.Hash)
            {
                faults.Add($"entry {before.Sequence} of {before.Chain} is another one than it was");
                ends[before.Chain] = before;
            }
        }

        return ([.. ends.Values.OrderBy(end => end.Chain, StringComparer.Ordinal)], faults);
    }

    /// <summary>What is wrong with a chain, told in a sentence; nothing when it goes on from where it was.</summary>
    /// <param name="end">How far it had come.</param>
    /// <param name="entries">All its entries that there are.</param>
    public static string? Fault(ChainEnd end, IEnumerable<JournalEntry> entries) =>
        entries.FirstOrDefault(entry => entry.Sequence == end.Sequence) is not { } entry
            ? $"entry {end.Sequence}, which there was when the ends were last written down, is missing"
        : entry.Hash != end.Hash ? $"entry {end.Sequence} is another one than when the ends were last written down"
        : null;

    /// <summary>SHA-256 over a number and all ends, hexadecimal.</summary>
    public static string HashOf(long number, IReadOnlyList<ChainEnd> ends)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(Encoding.UTF8.GetBytes($"{number}\n"));
        foreach (var end in ends)
        {
            sha.AppendData(Encoding.UTF8.GetBytes($"{end.Chain.Length}:{end.Chain} {end.Sequence} {end.Hash}\n"));
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }
}
