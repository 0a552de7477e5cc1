namespace ScaleFunctions.Core.Policies;

/// <summary>What is known of a metric's scale from its name.</summary>
public static class SignalScale
{
    /// <summary>Share of the highest value from which on a signal counts as saturated.</summary>
    private const double Full = 0.98;

    /// <summary>Where a signal that ends begins to hide load; null when it has no end.</summary>
    public static double? SaturatedAt(SignalPolicy signal) => Highest(signal) * Full;

    /// <summary>The most a signal can show; null when there is no such thing.</summary>
    public static double? Highest(SignalPolicy signal) => signal is
    {
        Measures: SignalMeasure.PerInstance,
        From: SignalSource.Metric { Selector: { Aggregation: not (MetricAggregation.Total or MetricAggregation.Count) } selector },
    }
        ? Highest(selector.Name)
        : null;

    /// <summary>
    /// The most a metric can show; null when there is no such thing. One that ends hides what is beyond: at 100 % CPU nobody
    /// knows whether twice or ten times the instances are needed.
    /// </summary>
    public static double? Highest(string metric) =>
        metric.StartsWith("Percentage ", StringComparison.OrdinalIgnoreCase) || metric.EndsWith("Percentage", StringComparison.OrdinalIgnoreCase) ? 100 : null;
}
