namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>How an estimate is made of a history.</summary>
public sealed record EstimateTerms
{
    /// <summary>The present: a sample of now counts in full.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Which percentile is the estimate, from 0 to 1.</summary>
    public required double Percentile { get; init; }

    /// <summary>Percentile of the lower bound: below it too little is there for sure. VPA's.</summary>
    public double LowerPercentile { get; init; } = 0.5;

    /// <summary>Percentile of the upper bound: above it too much is there for sure; never below that of the estimate. VPA's.</summary>
    public double UpperPercentile { get => Math.Max(field, Percentile); init; } = 0.95;

    public TimeSpan HalfLife { get; init; } = DecayingHistogram.UsualHalfLife;

    /// <summary>Less than this share of the look-back tells nothing.</summary>
    public double LeastCoverage { get; init; } = 0.5;

    public required TimeSpan LookBack { get; init; }
}
