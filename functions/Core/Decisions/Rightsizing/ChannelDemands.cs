using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>Measures what instances move. Where a metric or a limit is lacking it is told, and the rest is judged without it.</summary>
public static class ChannelDemands
{
    /// <param name="series">What was read, by the channel and in the order of its metrics.</param>
    /// <param name="size">What the instances have.</param>
    /// <param name="since">What is older says nothing of this size; absent when nobody knows.</param>
    /// <param name="terms">How estimates are made.</param>
    public static (IReadOnlyList<ChannelDemand> Measured, IReadOnlyList<string> NotJudged) Of(
        IReadOnlyDictionary<UsageChannel, IReadOnlyList<MetricSeries>> series, SizeOffer size, DateTimeOffset? since, EstimateTerms terms)
    {
        var (measured, not) = (new List<ChannelDemand>(), new List<string>());
        foreach (var (channel, parts) in series)
        {
            if (channel.Limit(size) is null)
            {
                not.Add($"{channel.Name}: no limit known");
            }
            else if (UsageEstimates.OfPeaks(Samples(channel, parts, since), ExponentialBuckets.Rates, terms) is UsageEstimate.Known use)
            {
                measured.Add(new ChannelDemand(channel, use));
            }
            else
            {
                not.Add($"{channel.Name}: no metric");
            }
        }

        return (measured, not);
    }

    /// <summary>Hour by hour what all parts say together; an hour that one of them lacks is left out.</summary>
    private static IEnumerable<UsageSample> Samples(UsageChannel channel, IReadOnlyList<MetricSeries> parts, DateTimeOffset? since) => parts
        .OfType<MetricSeries.Received>()
        .SelectMany(part => part.Points)
        .Where(point => !point.IsIncomplete && point.Value is >= 0 && !(point.At < since))
        .GroupBy(point => point.At)
        .Where(hour => hour.Count() == parts.Count)
        .OrderBy(hour => hour.Key)
        .Select(hour => new UsageSample(hour.Key, channel.PerValue * hour.Sum(point => point.Value!.Value), 1));
}
