using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Rightsizing;

public sealed class DecayingHistogramTests
{
    /// <summary>0.01, then 5 % wider each: 0.01 + 0.0105 = 0.0205, + 0.011025 = 0.031525.</summary>
    [Theory]
    [InlineData(0, 0, 0.01)]
    [InlineData(1, 0.01, 0.0205)]
    [InlineData(2, 0.0205, 0.031525)]
    public void Each_bucket_is_a_twentieth_wider_than_the_one_before(int bucket, double start, double end)
    {
        Assert.Equal(start, ExponentialBuckets.Cores.StartOf(bucket), 9);
        Assert.Equal(end, ExponentialBuckets.Cores.StartOf(bucket + 1), 9);
        Assert.Equal(bucket, ExponentialBuckets.Cores.Find((start + end) / 2));
    }

    /// <summary>VPA counts memory from 10 MB: 10,000,000 / 1,073,741,824 GiB.</summary>
    [Fact]
    public void Memory_begins_at_ten_megabytes() => Assert.Equal(0.009313, ExponentialBuckets.Memory.First, 6);

    /// <summary>1 core now counts 1, 2 cores a day ago count a half: of 1.5 the share of the first is two thirds.</summary>
    [Theory]
    [InlineData(0.6, 1)]
    [InlineData(0.7, 2)]
    public void What_is_a_half_life_ago_counts_half(double share, double cores)
    {
        var histogram = new DecayingHistogram(ExponentialBuckets.Cores, TimeSpan.FromHours(24), Some.Noon);
        histogram.Add(1, 1, Some.Noon);
        histogram.Add(2, 1, Some.Noon.AddHours(-24));

        Assert.InRange(histogram.Percentile(share), cores, cores * 1.055);
    }

    /// <summary>At a half-life of an hour the same two are 1 and 2^-24, so nothing but the newer is left.</summary>
    [Fact]
    public void A_shorter_half_life_forgets_sooner()
    {
        var histogram = new DecayingHistogram(ExponentialBuckets.Cores, TimeSpan.FromHours(1), Some.Noon);
        histogram.Add(1, 1, Some.Noon);
        histogram.Add(2, 1, Some.Noon.AddHours(-24));

        Assert.InRange(histogram.Percentile(0.999), 1, 1.055);
    }

    [Fact]
    public void A_sample_of_next_to_no_weight_counts_a_tenth()
    {
        var histogram = new DecayingHistogram(ExponentialBuckets.Cores, TimeSpan.FromHours(24), Some.Noon);
        histogram.Add(1, 1, Some.Noon);
        histogram.Add(5, 0, Some.Noon);

        // 0.1 of 1.1 is 9.1 %: the 90th percentile is still of the first, the 92nd of the second.
        Assert.InRange(histogram.Percentile(0.90), 1, 1.055);
        Assert.InRange(histogram.Percentile(0.92), 5, 5.3);
    }

    [Fact]
    public void Nothing_seen_is_nothing_needed() => Assert.Equal(0, new DecayingHistogram(ExponentialBuckets.Cores, TimeSpan.FromDays(1), Some.Noon).Percentile(0.9));

    [Fact]
    public void The_largest_fleets_fit_into_the_buckets()
    {
        var histogram = new DecayingHistogram(ExponentialBuckets.Cores, TimeSpan.FromDays(1), Some.Noon);
        histogram.Add(1e9, 1, Some.Noon);

        Assert.InRange(histogram.Percentile(1), 1e6, 1.06e6);
    }
}
