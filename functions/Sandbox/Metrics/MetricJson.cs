using System.Text.Json;
using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Sandbox.Metrics;

/// <summary>Writes one metric of one resource. A grain nothing was reported in has its time and no numbers, as at Azure.</summary>
internal sealed class MetricJson(MetricQuery query, DateTimeOffset now, TimeSpan delay, IReadOnlyList<FaultEffect> faults)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly EmptyMetrics? _empty = faults.OfType<EmptyMetrics>().FirstOrDefault();
    private readonly double? _constant = faults.OfType<ConstantMetrics>().FirstOrDefault()?.Value;
    private readonly TimeSpan _shift = faults.OfType<ShiftMetrics>().FirstOrDefault()?.By ?? TimeSpan.Zero;

    public void Write(Utf8JsonWriter writer, TargetId target, Func<DateTimeOffset, FleetMinute?> minutes)
    {
        writer.WriteStartArray("value");
        writer.WriteStartObject();
        writer.WriteString("id", $"{target.Value}/providers/Microsoft.Insights/metrics/{MetricQuery.Metric}");
        writer.WriteString("type", "Microsoft.Insights/metrics");
        writer.WriteStartObject("name");
        writer.WriteString("value", MetricQuery.Metric);
        writer.WriteString("localizedValue", MetricQuery.Metric);
        writer.WriteEndObject();
        writer.WriteString("displayDescription", "Share of the allocated processor time in use by the instances.");
        writer.WriteString("unit", "Percent");
        writer.WriteStartArray("timeseries");
        if (_empty is null or { KeepsPoints: true })
        {
            WriteSeries(writer, minutes);
        }

        writer.WriteEndArray();
        writer.WriteString("errorCode", "Success");
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private void WriteSeries(Utf8JsonWriter writer, Func<DateTimeOffset, FleetMinute?> minutes)
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
            if (_empty is null && Aggregate(begins, minutes) is { Count: > 0 } grain)
            {
                WriteNumbers(writer, grain);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // Equal instances: each reports the fleet's CPU once a minute.
    private Grain Aggregate(DateTimeOffset begins, Func<DateTimeOffset, FleetMinute?> minutes)
    {
        var grain = new Grain(0, 0, double.MaxValue, double.MinValue);
        for (var at = begins; at < begins + query.Grain && IsOut(at); at += Minute)
        {
            if (minutes(at) is { CpuPercent: { } cpu, Ready: var ready })
            {
                var value = _constant ?? cpu;
                grain = new Grain(
                    grain.Count + ready, grain.Total + (value * ready), Math.Min(grain.Minimum, value), Math.Max(grain.Maximum, value));
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
