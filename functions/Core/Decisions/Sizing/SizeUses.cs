using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>Reads the use of a size from samples.</summary>
public static class SizeUses
{
    /// <summary>A gap may hide the busiest hour, so it must be small.</summary>
    public const double RequiredCoverage = 0.9;

    private const double UsualShare = 0.95;

    /// <summary>The use over a span that ends with the newest sample's grain.</summary>
    /// <param name="metric">Says what a sample tells of one instance; absent when no metric tells it.</param>
    /// <param name="part">What of the size.</param>
    /// <param name="size">What an instance has; absent when it is not known.</param>
    /// <param name="series">The answer of the source.</param>
    /// <param name="span">How far back.</param>
    /// <param name="grain">Length of each sample.</param>
    /// <param name="end">End of the span, exclusive.</param>
    public static SizeUse Of(
        UsageMetric? metric, UsedPart part, SizeOffer? size, MetricSeries? series, TimeSpan span, TimeSpan grain, DateTimeOffset end)
    {
        if (metric is null)
        {
            return new SizeUse.Unknown($"no metric tells the use of its {(part == UsedPart.Cpu ? "processors" : "memory")}");
        }

        var whole = part == UsedPart.Cpu ? size?.Cores : size?.MemoryGiB;
        if (size is null || whole is not > 0)
        {
            return new SizeUse.Unknown("what its size has is not known");
        }

        if (series is not MetricSeries.Received received)
        {
            return new SizeUse.Unknown(series is MetricSeries.Failed failed ? failed.Reason : $"there are no samples of {metric.Selector.Name}");
        }

        var samples = new List<double>(received.Points.Count);
        foreach (var point in received.Points)
        {
            if (point.At >= end - span && point.At < end && point.Value is { } value && double.IsFinite(value) && metric.Amount(value, size) is { } amount)
            {
                samples.Add(100 * amount / whole.Value);
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
