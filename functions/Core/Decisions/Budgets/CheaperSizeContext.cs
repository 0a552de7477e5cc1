using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>All that the choice of a cheaper size depends on.</summary>
public sealed record CheaperSizeContext
{
    public required BudgetMeasure.CheaperSize Measure { get; init; }

    /// <summary>The size, the count, what was used, and from which use on a size is short; its ladder is the policy's.</summary>
    public required SizeContext Sizing { get; init; }

    /// <summary>What an instance costs an hour, by size.</summary>
    public required IReadOnlyDictionary<string, PriceReading> Prices { get; init; }

    /// <summary>Instances that the load wants now, of the size there is.</summary>
    public required int Wanted { get; init; }
}
