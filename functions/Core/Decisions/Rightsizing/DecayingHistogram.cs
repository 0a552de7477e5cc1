namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>
/// How often a value was seen, where what is long ago counts less: after every half-life half as much. The rule is that of
/// Kubernetes' Vertical Pod Autoscaler (vertical-pod-autoscaler/pkg/recommender/util/decaying_histogram.go).
/// </summary>
/// <param name="buckets">Where values are told apart.</param>
/// <param name="halfLife">After this a sample counts half.</param>
/// <param name="reference">The time at which a sample counts its full weight: the present.</param>
public sealed class DecayingHistogram(ExponentialBuckets buckets, TimeSpan halfLife, DateTimeOffset reference)
{
    /// <summary>No sample counts less when it is new, however small what it stands for (VPA's <c>minSampleWeight</c>).</summary>
    public const double LeastWeight = 0.1;

    private readonly double[] _weights = new double[buckets.Count];

    public static TimeSpan UsualHalfLife { get; } = TimeSpan.FromHours(24);

    public int Samples { get; private set; }

    public void Add(double value, double weight, DateTimeOffset at)
    {
        _weights[buckets.Find(value)] += Math.Max(weight, LeastWeight) * Math.Pow(2, (at - reference) / halfLife);
        Samples++;
    }

    /// <summary>The end of the bucket below which this share of the weight lies: up to 5 % more than the value, never less. 0 when nothing was seen.</summary>
    /// <param name="share">From 0 to 1: 0.95 for the 95th percentile.</param>
    public double Percentile(double share)
    {
        if (Samples == 0)
        {
            return 0;
        }

        var (threshold, sum, last) = (share * _weights.Sum(), 0.0, Array.FindLastIndex(_weights, weight => weight > 0));
        for (var bucket = 0; bucket < last; bucket++)
        {
            sum += _weights[bucket];
            if (sum >= threshold && _weights[bucket] > 0)
            {
                return buckets.StartOf(bucket + 1);
            }
        }

        return buckets.StartOf(last + 1);
    }
}
