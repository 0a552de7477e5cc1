namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>Makes estimates of histories.</summary>
public static class UsageEstimates
{
    /// <summary>Seven minutes of a day are above it.</summary>
    public const double BurstShare = 0.995;

    /// <summary>How long a peak of memory stands for. VPA takes a day, for containers that are restarted at will; a machine is not.</summary>
    public static TimeSpan PeakInterval { get; } = TimeSpan.FromHours(1);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Of processors: each minute is a sample.</summary>
    public static UsageEstimate OfProcessors(IReadOnlyList<UsageSample> minutes, EstimateTerms terms)
    {
        if (TooShort(minutes.Count, Minute, terms) is { } unknown)
        {
            return unknown;
        }

        double[] sorted = [.. minutes.Select(minute => minute.Amount).Order()];
        return Estimate(minutes, Minute, ExponentialBuckets.Cores, terms) with { Burst = sorted[(int)Math.Ceiling(BurstShare * sorted.Length) - 1] };
    }

    /// <summary>Of the memory of an instance: the peak of each interval is a sample.</summary>
    public static UsageEstimate OfMemory(IEnumerable<UsageSample> samples, EstimateTerms terms) => OfPeaks(samples, ExponentialBuckets.Memory, terms);

    /// <summary>Of anything of which the peak of each interval is a sample.</summary>
    public static UsageEstimate OfPeaks(IEnumerable<UsageSample> samples, ExponentialBuckets buckets, EstimateTerms terms)
    {
        var peaks = Peaks(samples);
        return TooShort(peaks.Count, PeakInterval, terms) ?? (UsageEstimate)Estimate(peaks, PeakInterval, buckets, terms);
    }

    /// <summary>The highest sample of each interval, where there is one.</summary>
    internal static IReadOnlyList<UsageSample> Peaks(IEnumerable<UsageSample> samples) =>
    [
        .. samples.GroupBy(sample => sample.At.UtcTicks / PeakInterval.Ticks)
            .Select(interval => interval.MaxBy(sample => sample.Amount) with { At = new DateTimeOffset(interval.Key * PeakInterval.Ticks, TimeSpan.Zero) })
            .OrderBy(peak => peak.At),
    ];

    private static UsageEstimate.Unknown? TooShort(int samples, TimeSpan each, EstimateTerms terms) =>
        samples == 0 ? new UsageEstimate.Unknown("no values", IsShort: false)
        : samples * each < terms.LeastCoverage * terms.LookBack ? new UsageEstimate.Unknown(
            FormattableString.Invariant($"too short a history: {(samples * each).TotalHours:0.#} hours of {terms.LookBack.TotalDays:0.#} days"), IsShort: true)
        : null;

    private static UsageEstimate.Known Estimate(IReadOnlyList<UsageSample> samples, TimeSpan each, ExponentialBuckets buckets, EstimateTerms terms)
    {
        var histogram = new DecayingHistogram(buckets, terms.HalfLife, terms.Now);
        foreach (var sample in samples)
        {
            histogram.Add(sample.Amount, 1, sample.At);
        }

        var confidence = HistoryConfidence.Of(samples.Min(sample => sample.At), samples.Max(sample => sample.At), samples.Count, each);
        var highest = samples.Max(sample => sample.Amount);
        return new UsageEstimate.Known
        {
            Typical = histogram.Percentile(terms.Percentile),
            Lower = histogram.Percentile(terms.LowerPercentile) * HistoryConfidence.Lower(confidence),
            Upper = histogram.Percentile(terms.UpperPercentile) * HistoryConfidence.Upper(confidence),
            Burst = highest,
            Highest = highest,
            Mean = samples.Average(sample => sample.Amount),
            Confidence = confidence,
        };
    }
}
