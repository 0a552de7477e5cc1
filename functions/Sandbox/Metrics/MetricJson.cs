using System.Text.Json;
using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Sandbox.Metrics;

/// <summary>Writes the metrics of one resource. A grain nothing was reported in has its time and no numbers, as at Azure.</summary>
internal sealed class MetricJson(MetricQuery query, DateTimeOffset now, TimeSpan delay, IReadOnlyList<FaultEffect> faults)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly EmptyMetrics? _empty = faults.OfType<EmptyMetrics>().FirstOrDefault();
    private readonly double? _constant = faults.OfType<ConstantMetrics>().FirstOrDefault()?.Value;
    private readonly TimeSpan _shift = faults.OfType<ShiftMetrics>().FirstOrDefault()?.By ?? TimeSpan.Zero;

    public void Write(Utf8JsonWriter writer, TargetId target, Func<DateTimeOffset, FleetMinute?> minutes)
    {
        writer.WriteStartArray("value");
        foreach (var metric in query.Metrics)
        {
            Write(writer, target, metric, minutes);
        }

        writer.WriteEndArray();
    }

    private void Write(Utf8JsonWriter writer, TargetId target, SimulatedMetric metric, Func<DateTimeOffset, FleetMinute?> minutes)
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
            WriteSeries(writer, metric, minutes);
        }

        writer.WriteEndArray();
        writer.WriteString("errorCode", "Success");
        writer.WriteEndObject();
    }

    private void WriteSeries(Utf8JsonWriter writer, SimulatedMetric metric, Func<DateTimeOffset, FleetMinute?> minutes)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("metadatavalues");
        writer.WriteEndArray();
        writer.WriteStartArray("data");
        var begins = query.From.AddTicks(-(query.From.Ticks % query.Grain.Ticks));
        for (; begins < query.To && begins <= now; begins += query.Grain)
        {
            writer.WriteStartObject();
            writer.WriteString("timeStamp", MetricQuery.Write(begins + _shift));
            if (_empty is null && Aggregate(begins, metric, minutes) is { Count: > 0 } grain)
            {
                WriteNumbers(writer, grain);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // Equal instances: each reports the same once a minute.
    private Grain Aggregate(DateTimeOffset begins, SimulatedMetric metric, Func<DateTimeOffset, FleetMinute?> minutes)
    {
        var grain = new Grain(0, 0, double.MaxValue, double.MinValue);
        for (var at = begins; at < begins + query.Grain && IsOut(at); at += Minute)
        {
            if (minutes(at) is { } minute && metric.Value(minute) is { } measured)
            {
                var value = _constant ?? measured;
                var samples = query.Family.CountsInstances ? minute.Ready : 1;
                grain = new Grain(
                    grain.Count + samples, grain.Total + (value * samples), Math.Min(grain.Minimum, value), Math.Max(grain.Maximum, value));
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

    private readonly record struct Grain(int Count, double Total, double Minimum, double Maximum);
}
