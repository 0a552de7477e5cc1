namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>
/// Buckets of a histogram, each a little wider than the one before: the error is a share of the value, for 0.02 cores as for 2,000.
/// Bucket n begins at <c>first × (ratio^n − 1) / (ratio − 1)</c>, as in kubernetes/autoscaler
/// (vertical-pod-autoscaler/pkg/recommender/util/histogram_options.go).
/// </summary>
/// <param name="First">Width of the first bucket, which begins at 0.</param>
/// <param name="Ratio">How much wider each is than the one before; 1.05 is 5 % more.</param>
/// <param name="Highest">What is above counts as this much.</param>
/// <example>
/// <code>
/// first 0.01, ratio 1.05    bucket 0   0      to 0.01
///                           bucket 1   0.01   to 0.0205
///                           bucket 2   0.0205 to 0.031525
/// </code>
/// </example>
public sealed record ExponentialBuckets(double First, double Ratio, double Highest)
{
    private const double Growth = 1.05;

    private const double Gib = 1024.0 * 1024 * 1024;

    /// <summary>From a hundredth of a core; a scale set of 1,000 of the largest machines has a million.</summary>
    public static ExponentialBuckets Cores { get; } = new(0.01, Growth, 1e6);

    /// <summary>In GiB, from 10 MB; no instance has more than 100 TiB.</summary>
    public static ExponentialBuckets Memory { get; } = new(10e6 / Gib, Growth, 102_400);

    /// <summary>Of what moves: from a hundredth of an operation, MB or Mbit a second.</summary>
    public static ExponentialBuckets Rates { get; } = new(0.01, Growth, 1e7);

    public int Count => Find(Highest) + 1;

    public double StartOf(int bucket) => First * (Math.Pow(Ratio, bucket) - 1) / (Ratio - 1);

    public int Find(double value) =>
        value < First ? 0 : (int)Math.Floor(Math.Log((Math.Min(value, Highest) * (Ratio - 1) / First) + 1, Ratio));
}
