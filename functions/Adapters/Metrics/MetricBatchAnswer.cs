using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Metrics;

/// <summary>Reads the answer to a batch: tolerant of what it does not know, strict about every number it passes on.</summary>
internal static class MetricBatchAnswer
{
    /// <summary>The series of each resource the answer speaks of, by its id in lower case.</summary>
    /// <exception cref="JsonException">The answer is not one to a batch.</exception>
    public static Dictionary<string, MetricSeries> Read(JsonElement root, MetricRequest request)
    {
        if (OrNothing(() => Array(root, "values")) is not { } values)
        {
            throw new JsonException("no values");
        }

        var series = new Dictionary<string, MetricSeries>();
        foreach (var resource in values.EnumerateArray())
        {
            if (OrNothing(() => Text(resource, "resourceid"))?.ToLowerInvariant() is { } id && MonitoredResource.TryParse(id, "", out _))
            {
                // Two answers for one resource: neither can be believed.
                series[id] = series.ContainsKey(id) ? new MetricSeries.Failed("the answer speaks of it twice")
                    : OrNothing(() => ReadResource(resource, request)) ?? new MetricSeries.Failed("the answer holds a string that is no Unicode text");
            }
        }

        return series;
    }

    /// <summary>Strings that are no Unicode text are only found out when they are read: half a surrogate pair, bytes beyond UTF-8.</summary>
    private static T? OrNothing<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }

    private static MetricSeries ReadResource(JsonElement resource, MetricRequest request)
    {
        if (Text(resource, "interval") is { } interval && !string.Equals(interval, MetricBatch.Interval(request.Grain), StringComparison.OrdinalIgnoreCase))
        {
            return new MetricSeries.Failed($"the answer has grains of {interval}");
        }

        foreach (var metric in Array(resource, "value")?.EnumerateArray() ?? default)
        {
            if (metric.ValueKind == JsonValueKind.Object && metric.TryGetProperty("name", out var name)
                && string.Equals(Text(name, "value"), request.Metric.Name, StringComparison.OrdinalIgnoreCase))
            {
                return ReadMetric(metric, request);
            }
        }

        return new MetricSeries.Failed($"the answer has no '{request.Metric.Name}'");
    }

    private static MetricSeries ReadMetric(JsonElement metric, MetricRequest request)
    {
        if (Text(metric, "errorCode") is { } code && !string.Equals(code, "Success", StringComparison.OrdinalIgnoreCase))
        {
            return new MetricSeries.Failed(AzureFaults.OneLine($"{code}: {Text(metric, "errorMessage")}"));
        }

        if (Array(metric, "timeseries") is not { } timeSeries)
        {
            return new MetricSeries.Failed("the answer has no time series");
        }

        if (request.Metric.Dimensions.Count > 0)
        {
            return ReadSplit(timeSeries, request);
        }

        // More than one is a split by a dimension, which nobody asked for: picking one would be a guess.
        return timeSeries.GetArrayLength() switch
        {
            0 => new MetricSeries.Received([]),
            1 when Array(timeSeries[0], "data") is { } data => new MetricSeries.Received([.. Points(data, request)]),
            1 => new MetricSeries.Failed("the answer has a time series without data"),
            var count => new MetricSeries.Failed($"the answer has {count} time series"),
        };
    }

    /// <summary>A time series for each combination of values; none at all when nothing was reported.</summary>
    private static MetricSeries ReadSplit(JsonElement timeSeries, MetricRequest request)
    {
        if (timeSeries.GetArrayLength() >= MetricFilter.MostSeries)
        {
            return new MetricSeries.Failed($"the answer has {timeSeries.GetArrayLength()} time series, as many as were asked for, so there may be more");
        }

        var (parts, seen) = (new List<DimensionSeries>(), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        foreach (var series in timeSeries.EnumerateArray())
        {
            if (Array(series, "data") is not { } data)
            {
                return new MetricSeries.Failed("the answer has a time series without data");
            }

            var values = Values(series);
            if (request.Metric.Dimensions.FirstOrDefault(dimension => !values.ContainsKey(dimension.Name)) is { } unknown)
            {
                return new MetricSeries.Failed(AzureFaults.OneLine($"the answer has a time series that does not say its {unknown.Name}"));
            }

            if (!seen.Add(string.Join('\n', request.Metric.Dimensions.Select(dimension => values[dimension.Name]))))
            {
                return new MetricSeries.Failed("the answer has two time series of the same values");
            }

            parts.Add(new DimensionSeries(values, [.. Points(data, request)]));
        }

        return new MetricSeries.Split(parts);
    }

    private static Dictionary<string, string> Values(JsonElement series)
    {
        // Azure writes the names of dimensions in lower case here, however they were asked for.
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var each in Array(series, "metadatavalues")?.EnumerateArray() ?? default)
        {
            if (each.ValueKind == JsonValueKind.Object && each.TryGetProperty("name", out var name) && Text(name, "value") is { } dimension && Text(each, "value") is { } value)
            {
                values[dimension] = value;
            }
        }

        return values;
    }

    /// <summary>The whole grains of the span that was asked for; one with another or no time could not be placed.</summary>
    private static IEnumerable<MetricPoint> Points(JsonElement data, MetricRequest request)
    {
        foreach (var grain in data.EnumerateArray())
        {
            if (TryTime(grain, out var at) && at >= request.From && at <= request.To - request.Grain)
            {
                yield return new MetricPoint(at, Number(grain, MetricSelector.Word(request.Metric.Aggregation)), Number(grain, "count"));
            }
        }
    }

    /// <summary>As Azure writes times, which needs no text of its own; else in any form.</summary>
    private static bool TryTime(JsonElement grain, out DateTimeOffset at)
    {
        if (grain.ValueKind == JsonValueKind.Object && grain.TryGetProperty("timeStamp", out var stamp) && stamp.ValueKind == JsonValueKind.String && stamp.TryGetDateTime(out var time) && time.Kind == DateTimeKind.Utc)
        {
            at = new DateTimeOffset(time);
            return true;
        }

        return DateTimeOffset.TryParse(Text(grain, "timeStamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);
    }

    /// <summary>A finite number that is not negative, or nothing: 1e400 is read as infinity without an error.</summary>
    private static double? Number(JsonElement grain, string name) =>
        grain.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var number) && double.IsFinite(number) && number >= 0
            ? number
            : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static JsonElement? Array(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value
            : null;
}
