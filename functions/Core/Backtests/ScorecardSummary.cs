namespace ScaleFunctions.Core.Backtests;

/// <summary>One policy over all series.</summary>
public sealed record ScorecardSummary
{
    public required string Policy { get; init; }

    public required int Series { get; init; }

    /// <summary>Geometric mean of the cost over the oracle: a series twice as dear weighs as much as one half as dear.</summary>
    public required double CostOverOracle { get; init; }

    /// <summary>Mean share of minutes short.</summary>
    public required double ShortPercent { get; init; }

    /// <summary>The same of the series where it is greatest.</summary>
    public required double WorstShortPercent { get; init; }

    public required double ActionsPerDay { get; init; }

    public required double ReversalsPerDay { get; init; }

    /// <summary>Sums up rows by policy, in the order in which policies first appear.</summary>
    public static IReadOnlyList<ScorecardSummary> Of(IEnumerable<ScorecardRow> rows) =>
    [
        .. rows.GroupBy(row => row.Policy).Select(group => new ScorecardSummary
        {
            Policy = group.Key,
            Series = group.Count(),
            CostOverOracle = Math.Exp(group.Average(row => Math.Log(row.CostOverOracle))),
            ShortPercent = group.Average(row => row.Measures.ShortPercent),
            WorstShortPercent = group.Max(row => row.Measures.ShortPercent),
            ActionsPerDay = group.Average(row => row.Measures.ActionsPerDay),
            ReversalsPerDay = group.Average(row => row.Measures.ReversalsPerDay),
        }),
    ];
}
