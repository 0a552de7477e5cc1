using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>Reads the use of a size from samples.</summary>
public static class SizeUses
{
    /// <summary>A gap may hide the busiest hour, so it must be small.</summary>
    public const double RequiredCoverage = 0.9;

    private const double UsualShare = 0.95;

    /// <summary>The use over a span that ends with the newest sample's grain.</summary>
    /// <param name="metric">Says whether samples tell what is used or what is left.</param>
    /// <param name="series">The answer of the source; percent.</param>
    /// <param name="span">How far back.</param>
    /// <param name="grain">Length of each sample.</param>
    /// <param name="end">End of the span, exclusive.</param>
    public static SizeUse Of(SizeMetric metric, MetricSeries? series, TimeSpan span, TimeSpan grain, DateTimeOffset end)
    {
        if (series is not MetricSeries.Received received)
        {
            return new SizeUse.Unknown(series is MetricSeries.Failed failed ? failed.Reason : $"there are no samples of {metric.Selector.Name}");
        }

        var samples = new List<double>(received.Points.Count);
        foreach (var point in received.Points)
        {
            if (point.At >= end - span && point.At < end && point.Value is { } value && double.IsFinite(value) && value is >= 0 and <= 100)
            {
                samples.Add(metric.TellsFree ? 100 - value : value);
            }
        }

        var expected = (int)Math.Round(span / grain);
        if (samples.Count < RequiredCoverage * expected || samples.Count == 0)
        {
            return new SizeUse.Unknown($"there are {samples.Count} of {expected} samples of {metric.Selector.Name}");
        }

        samples.Sort();
        return new SizeUse.Known(samples.Average(), samples[(int)Math.Ceiling(UsualShare * samples.Count) - 1], samples[^1]);
    }
}
