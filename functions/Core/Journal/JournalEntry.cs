using System.Text.Json;

namespace ScaleFunctions.Core.Journal;

/// <summary>One line of a target's journal. Entries of a chain are numbered from 1 without gaps and linked by hash.</summary>
public sealed record JournalEntry
{
    /// <summary>The target's key, or <see cref="FleetChain"/>.</summary>
    public required string Chain { get; init; }

    public required long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    public required JournalKind Kind { get; init; }

    /// <summary>Who: a worker's name, or a person's.</summary>
    public required string Actor { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Text { get; init; }

    /// <summary>The same for programs.</summary>
    public required JsonElement Facts { get; init; }

    /// <summary>Hash of the entry before; empty for the first.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>SHA-256 over all the above, hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>The chain of what concerns no single target: kill switch, policy sets.</summary>
    public const string FleetChain = "fleet";
}
