using System.Text.Json;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Sandbox.Metrics;

/// <summary>Writes the metrics of one resource. A grain nothing was reported in has its time and no numbers, as at Azure.</summary>
internal sealed class MetricJson(MetricQuery query, DateTimeOffset now, TimeSpan delay, IReadOnlyList<FaultEffect> faults)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly EmptyMetrics? _empty = faults.OfType<EmptyMetrics>().FirstOrDefault();
    private readonly double? _constant = faults.OfType<ConstantMetrics>().FirstOrDefault()?.Value;
    private readonly double? _hot = faults.OfType<HotInstance>().FirstOrDefault()?.CpuPercent;
    private readonly bool _isOneSilent = faults.OfType<SilentInstance>().Any();
    private readonly TimeSpan _shift = faults.OfType<ShiftMetrics>().FirstOrDefault()?.By ?? TimeSpan.Zero;

    /// <summary>How long a time it is of.</summary>
    public TimeSpan Span => query.To - query.From;

    public void Write(Utf8JsonWriter writer, TargetId target, Func<DateTimeOffset, MeasuredMinute?> minutes)
    {
        writer.WriteStartArray("value");
        foreach (var metric in query.Metrics)
        {
            WriteMetric(writer, target, metric, minutes);
        }

        writer.WriteEndArray();
    }

    private void WriteMetric(Utf8JsonWriter writer, TargetId target, SimulatedMetric metric, Func<DateTimeOffset, MeasuredMinute?> minutes)
    {
        writer.WriteStartObject();
        writer.WriteString("id", $"{target.Value}/providers/Microsoft.Insights/metrics/{metric.Name}");
        writer.WriteString("type", "Microsoft.Insights/metrics");
        writer.WriteStartObject("name");
        writer.WriteString("value", metric.Name);
        writer.WriteString("localizedValue", metric.Name);
        writer.WriteEndObject();
        writer.WriteString("displayDescription", metric.Description);
        writer.WriteString("unit", metric.Unit);
        writer.WriteStartArray("timeseries");
        if (_empty is null or { KeepsPoints: true })
        {
            WriteAll(writer, target, metric, minutes);
        }

        writer.WriteEndArray();
        writer.WriteString("errorCode", "Success");
        writer.WriteEndObject();
    }

    /// <summary>One series of all instances; or one each, of those that were ready at any time of the span.</summary>
    private void WriteAll(Utf8JsonWriter writer, TargetId target, SimulatedMetric metric, Func<DateTimeOffset, MeasuredMinute?> minutes)
    {
        if (query.Filter is not { } filter)
        {
            WriteSeries(writer, null, begins => Aggregate(begins, metric, minutes, null));
            return;
        }

        var most = Grains().SelectMany(Minutes).Max(at => minutes(at)?.Ready) ?? 0;
        var instances = Enumerable.Range(0, most).Select(index => (Index: index, Name: $"{target.Name}_{index}"));
        foreach (var (index, name) in instances.Where(instance => filter.Takes(instance.Name) && !(_isOneSilent && instance.Index == 0)).Take(filter.Top))
        {
            WriteSeries(writer, name, begins => Aggregate(begins, metric, minutes, index));
        }
    }

    private void WriteSeries(Utf8JsonWriter writer, string? instance, Func<DateTimeOffset, Grain> aggregate)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("metadatavalues");
        if (instance is not null)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("name");
            writer.WriteString("value", query.Family.Dimension.ToLowerInvariant());
            writer.WriteString("localizedValue", query.Family.Dimension.ToLowerInvariant());
            writer.WriteEndObject();
            writer.WriteString("value", instance);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("data");
        foreach (var begins in Grains())
        {
            writer.WriteStartObject();
            writer.WriteString("timeStamp", (begins + _shift).UtcDateTime);
            if (_empty is null && aggregate(begins) is { Count: > 0 } grain)
            {
                WriteNumbers(writer, grain);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private IEnumerable<DateTimeOffset> Grains()
    {
        for (var begins = query.From.AddTicks(-(query.From.Ticks % query.Grain.Ticks)); begins < query.To && begins <= now; begins += query.Grain)
        {
            yield return begins;
        }
    }

    private IEnumerable<DateTimeOffset> Minutes(DateTimeOffset begins)
    {
        for (var at = begins; at < begins + query.Grain && IsOut(at); at += Minute)
        {
            yield return at;
        }
    }

    // Equal instances: each reports the same once a minute, but for the first when a fault makes it hot or silent.
    private Grain Aggregate(DateTimeOffset begins, SimulatedMetric metric, Func<DateTimeOffset, MeasuredMinute?> minutes, int? instance)
    {
        var grain = new Grain(0, 0, double.MaxValue, double.MinValue);
        for (var at = begins; at < begins + query.Grain && IsOut(at); at += Minute)
        {
            if (minutes(at) is { Ready: > 0 and var ready } there && metric.Value(there) is { } usual && !(instance >= ready))
            {
                var value = _constant ?? usual;
                var isFirstApart = instance is null or 0 && (_isOneSilent || (_hot is not null && metric.IsCpu));
                var samples = instance is null && query.Family.CountsInstances ? ready : 1;
                grain = grain.Add(value, samples - (isFirstApart ? 1 : 0));
                grain = isFirstApart && !_isOneSilent ? grain.Add(_hot!.Value, 1) : grain;
            }
        }

        return grain;
    }

    // A minute is out when it is over and its delay has passed since it began.
    private bool IsOut(DateTimeOffset begins) => begins + (delay > Minute ? delay : Minute) <= now;

    private void WriteNumbers(Utf8JsonWriter writer, Grain grain)
    {
        Number("average", grain.Total / grain.Count);
        Number("minimum", grain.Minimum);
        Number("maximum", grain.Maximum);
        Number("total", grain.Total);
        Number("count", grain.Count);

        void Number(string name, double value)
        {
            if (query.Aggregations.Contains(name))
            {
                writer.WriteNumber(name, value);
            }
        }
    }

    private readonly record struct Grain(int Count, double Total, double Minimum, double Maximum)
    {
        public Grain Add(double value, int instances) => instances == 0 ? this : new Grain(
            Count + instances, Total + (value * instances), Math.Min(Minimum, value), Math.Max(Maximum, value));
    }
}
