using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Metrics;

/// <summary>
/// Asks for a long span in pieces. Of more than 31 days Azure was seen to answer only the last 31, without a word
/// (azure-sdk-for-python, issue 13547); a day less is asked for at once.
/// </summary>
internal static class MetricSpans
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>The pieces, oldest first; each ends where a grain does, so that none is cut in two.</summary>
    public static IEnumerable<MetricRequest> Of(MetricRequest request)
    {
        var from = request.From;
        while (request.To - from > Longest)
        {
            var to = from + Longest;
            to = to.AddTicks(-(to.UtcTicks % request.Grain.Ticks));
            yield return request with { From = from, To = to };
            from = to;
        }

        yield return request with { From = from };
    }

    /// <summary>One series of those of the pieces. A resource of which one piece could not be read has failed: what is missing would look like silence.</summary>
    public static IReadOnlyDictionary<MonitoredResource, MetricSeries> Join(IReadOnlyList<IReadOnlyDictionary<MonitoredResource, MetricSeries>> spans) =>
        spans.SelectMany(span => span).GroupBy(each => each.Key, each => each.Value).ToDictionary(of => of.Key, of => Join([.. of]));

    private static MetricSeries Join(List<MetricSeries> series) =>
        series.Find(each => each is MetricSeries.Failed) is { } failed ? failed
        : series.TrueForAll(each => each is MetricSeries.Received)
            ? new MetricSeries.Received([.. series.Cast<MetricSeries.Received>().SelectMany(each => each.Points)])
        : series.TrueForAll(each => each is MetricSeries.Split)
            ? new MetricSeries.Split([.. series.Cast<MetricSeries.Split>().SelectMany(each => each.Parts).GroupBy(Name).Select(Join)])
        : new MetricSeries.Failed("the answers for two spans do not fit together");

    private static DimensionSeries Join(IGrouping<string, DimensionSeries> parts) =>
        parts.First() with { Points = [.. parts.SelectMany(part => part.Points)] };

    private static string Name(DimensionSeries part) => string.Join('\n', part.Values
        .Select(value => $"{value.Key}\t{value.Value}".ToLowerInvariant()).Order(StringComparer.Ordinal));
}
