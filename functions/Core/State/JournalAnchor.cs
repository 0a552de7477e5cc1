namespace ScaleFunctions.Core.State;

/// <summary>That the ends of all chains were written down, and where.</summary>
/// <param name="Number">From 1 on.</param>
/// <param name="At">When.</param>
/// <param name="Chains">How many chains.</param>
/// <param name="Hash">SHA-256 over the number and every end, hexadecimal; it names the place of the ends.</param>
public sealed record JournalAnchor(long Number, DateTimeOffset At, int Chains, string Hash);
