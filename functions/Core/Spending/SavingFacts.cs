using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Core.Spending;

/// <summary>What a saving on a resource is told from.</summary>
public sealed record SavingFacts
{
    /// <summary>Id in lower case.</summary>
    public required string Resource { get; init; }

    public required SpendPeriod Period { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>What was changed, from as long before the period as a saving lasts.</summary>
    public required IReadOnlyList<CapacityMove> Moves { get; init; }

    /// <summary>What an instance of a size cost an hour on a day; null when that is not known.</summary>
    public required Func<DateOnly, string, decimal?> PriceOf { get; init; }

    /// <summary>Instances of a size that are paid in advance.</summary>
    public required Func<string, int> Committed { get; init; }

    /// <summary>Whether reservations could be read; where not, none is counted and it is told.</summary>
    public required bool AreCommitmentsKnown { get; init; }

    public required BillCorrection Correction { get; init; }

    /// <summary>The last day of which the bill is whole; absent when nothing is billed.</summary>
    public DateOnly? BilledThrough { get; init; }
}
