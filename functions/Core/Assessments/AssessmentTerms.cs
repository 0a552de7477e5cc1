namespace ScaleFunctions.Core.Assessments;

/// <summary>How an estate is looked at.</summary>
public sealed record AssessmentTerms
{
    /// <summary>How far back processors are looked at.</summary>
    public TimeSpan Span { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Mean of how long a value is.</summary>
    public TimeSpan Grain { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Which quantile of the load has to fit, as a share of 1.</summary>
    public double Quantile { get; init; } = 0.99;

    /// <summary>Percent of the processors that may be used then.</summary>
    public double TargetPercent { get; init; } = 60;

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Less of the span than this share tells nothing.</summary>
    public double LeastCoverage { get; init; } = 0.5;

    /// <summary>From so many reversals a day on something flaps: an instance that goes silent for a while makes one or two.</summary>
    public double FlappingPerDay { get; init; } = 4;

    /// <summary>
    /// A machine whose processors are used no more than this does next to nothing. Advisor says so below 3 %:
    /// learn.microsoft.com/azure/advisor/advisor-cost-recommendations.
    /// </summary>
    public double IdlePercent { get; init; } = 3;

    /// <summary>Azure's bills count so many hours a month.</summary>
    public const int HoursPerMonth = 730;
}
