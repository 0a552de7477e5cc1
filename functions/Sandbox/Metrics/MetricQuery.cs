using System.Globalization;
using System.Xml;

namespace ScaleFunctions.Sandbox.Metrics;

/// <summary>A checked metric query, the same for one resource and for a batch.</summary>
internal sealed record MetricQuery(DateTimeOffset From, DateTimeOffset To, TimeSpan Grain, string Interval, IReadOnlySet<string> Aggregations)
{
    public required MetricFamily Family { get; init; }

    /// <summary>Which metrics are asked for.</summary>
    public required IReadOnlyList<SimulatedMetric> Metrics { get; init; }

    /// <summary>Absent when instances are not told apart.</summary>
    public DimensionFilter? Filter { get; init; }

    private static readonly string[] KnownAggregations = ["average", "count", "minimum", "maximum", "total"];
    private static readonly string[] KnownIntervals = ["PT1M", "PT5M", "PT15M", "PT30M", "PT1H", "PT6H", "PT12H", "P1D"];
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromHours(1);

    /// <summary>Azure refuses what ends before it, in these words (azure-sdk-for-python, issue 13547).</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(93);

    /// <summary>Of a longer span only the end is answered, without a word (the same issue).</summary>
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(31);

    /// <summary>The query, or what is wrong with it.</summary>
    /// <param name="family">The metrics of the resources asked about.</param>
    /// <param name="parameters">A query parameter by its name.</param>
    /// <param name="span">Start and end as given; either may be absent.</param>
    /// <param name="now">The end when none is given.</param>
    public static (MetricQuery? Query, string? Error) Read(
        MetricFamily family, Func<string, string?> parameters, (string? From, string? To) span, DateTimeOffset now)
    {
        var to = now;
        if (!TryReadTime(span.To, ref to))
        {
            return (null, $"'{span.To}' is not a time.");
        }

        var from = to - DefaultSpan;
        if (!TryReadTime(span.From, ref from) || from >= to)
        {
            return (null, $"'{span.From}' is not a time before the end of the span.");
        }

        if (to < now - Retention)
        {
            return (null, $"Query endTime: {Write(to)} is out of the Max metrics retention period: 93.00:00:00");
        }

        from = to - from > LongestSpan ? to - LongestSpan : from;
        var interval = parameters("interval") ?? "PT1M";
        if (!KnownIntervals.Contains(interval, StringComparer.OrdinalIgnoreCase))
        {
            return (null, $"The interval '{interval}' is not supported; supported: {string.Join(", ", KnownIntervals)}.");
        }

        var aggregations = Words(parameters("aggregation") ?? "average").ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (aggregations.FirstOrDefault(word => !KnownAggregations.Contains(word, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            return (null, $"The aggregation '{unknown}' is not supported; supported: {string.Join(", ", KnownAggregations)}.");
        }

        var (filter, filterError) = DimensionFilter.Read(family.Dimension, parameters);
        if ((CheckNames(family, parameters) ?? filterError) is { } wrong)
        {
            return (null, wrong);
        }

        return (new MetricQuery(from, to, XmlConvert.ToTimeSpan(interval.ToUpperInvariant()), interval.ToUpperInvariant(), aggregations)
        {
            Family = family,
            Metrics = [.. Names(family, parameters).Select(name => family.Find(name)!).Distinct()],
            Filter = filter,
        }, null);
    }

    public static string Write(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string[] Names(MetricFamily family, Func<string, string?> parameters) =>
        Words(parameters("metricnames") ?? family.Metrics[0].Name);

    private static string? CheckNames(MetricFamily family, Func<string, string?> parameters)
    {
        var space = parameters("metricnamespace");
        if (space is not null && !string.Equals(space, family.Namespace, StringComparison.OrdinalIgnoreCase))
        {
            return $"The metric namespace '{space}' is not that of the resource: {family.Namespace}.";
        }

        return Array.Find(Names(family, parameters), name => family.Find(name) is null) is { } unknown
            ? $"There is no metric '{unknown}'. Metrics here: {string.Join(", ", family.Metrics.Select(metric => metric.Name))}."
            : null;
    }

    private static string[] Words(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool TryReadTime(string? text, ref DateTimeOffset at)
    {
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);
    }
}
