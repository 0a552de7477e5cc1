using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>What a finding rests on. Cores are of all instances together, memory is of one, in GiB.</summary>
internal sealed record FindingEvidence
{
    public required double? ConfidenceDays { get; init; }

    /// <summary>From 0.5 on it is worth the disturbance.</summary>
    public required double? Score { get; init; }

    /// <summary>There are, are used at the percentile, in bursts and at most, have to be, and are left after the loss that must be survived.</summary>
    public required double? Cores { get; init; }

    public required double? CoresUsed { get; init; }

    public required double? CoresInBursts { get; init; }

    public required double? CoresHighest { get; init; }

    public required double? CoresNeeded { get; init; }

    public required double? CoresAfterLoss { get; init; }

    public required double? Memory { get; init; }

    public required double? MemoryUsed { get; init; }

    public required double? MemoryHighest { get; init; }

    public required double? MemoryNeeded { get; init; }

    /// <summary>An hour of an instance.</summary>
    public required Money? PriceNow { get; init; }

    public required Money? PriceThen { get; init; }

    /// <summary>What an instance moves at most in a minute, for people.</summary>
    public required IReadOnlyList<string> Moves { get; init; }

    public required IReadOnlyList<string> PartsNotJudged { get; init; }

    /// <summary>What forbids the next smaller size, and one instance fewer.</summary>
    public required IReadOnlyList<string> Forbidden { get; init; }

    /// <summary>Sizes that could not be taken, and why.</summary>
    public required IReadOnlyList<string> Refused { get; init; }

    public required string JudgedBy { get; init; }

    public static FindingEvidence Of(RightsizingRecord record) => new()
    {
        ConfidenceDays = record.ConfidenceDays,
        Score = record.Score,
        Cores = record.Cores,
        CoresUsed = record.CoresUsed,
        CoresInBursts = record.CoresInBursts,
        CoresHighest = record.CoresHighest,
        CoresNeeded = record.CoresNeeded,
        CoresAfterLoss = record.CoresAfterLoss,
        Memory = record.Memory,
        MemoryUsed = record.MemoryUsed,
        MemoryHighest = record.MemoryHighest,
        MemoryNeeded = record.MemoryNeeded,
        PriceNow = record.PriceNow,
        PriceThen = record.PriceThen,
        Moves = record.Moves,
        PartsNotJudged = record.PartsNotJudged,
        Forbidden = record.Forbidden,
        Refused = record.Refused,
        JudgedBy = record.JudgedBy,
    };
}
