namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>That the ends of all chains were written down.</summary>
/// <param name="Number">The number of the anchor, from 1 on.</param>
/// <param name="Chains">How many chains it has.</param>
/// <param name="Hash">SHA-256 over the number and every end, hexadecimal.</param>
public sealed record AnchorFacts(long Number, int Chains, string Hash);
