namespace ScaleFunctions.Core.Policies;

/// <summary>Which number of each minute of a metric counts.</summary>
public enum MetricAggregation
{
    /// <summary>Mean of the samples.</summary>
    Average,

    /// <summary>The lowest sample.</summary>
    Minimum,

    /// <summary>The highest sample: of a per-instance metric that of the hottest instance.</summary>
    Maximum,

    /// <summary>Sum of the samples.</summary>
    Total,

    /// <summary>Number of samples.</summary>
    Count,
}
