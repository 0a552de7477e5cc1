using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Adapters.Costs;

/// <summary>Writes what Cost Management is asked: learn.microsoft.com/rest/api/cost-management/query/usage and …/forecast/usage.</summary>
internal static class CostBody
{
    /// <summary>Cost by day and resource.</summary>
    public static ReadOnlyMemory<byte> Query(SpendScope scope, SpendPeriod period, bool amortized) => Write(scope, period, amortized, writer =>
    {
        writer.WriteStartArray("grouping");
        writer.WriteStartObject();
        writer.WriteString("type", "Dimension");
        writer.WriteString("name", CostColumns.Resource);
        writer.WriteEndObject();
        writer.WriteEndArray();
    });

    /// <summary>Cost by day, billed and expected.</summary>
    public static ReadOnlyMemory<byte> Forecast(SpendScope scope, SpendPeriod period, bool amortized) => Write(
        scope, period, amortized, _ => { }, writer =>
        {
            writer.WriteBoolean("includeActualCost", true);
            writer.WriteBoolean("includeFreshPartialCost", false);
        });

    private static ReadOnlyMemory<byte> Write(
        SpendScope scope, SpendPeriod period, bool amortized, Action<Utf8JsonWriter> grouping, Action<Utf8JsonWriter>? more = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", amortized ? "AmortizedCost" : "ActualCost");
            writer.WriteString("timeframe", "Custom");
            writer.WriteStartObject("timePeriod");
            writer.WriteString("from", Time(period.Start, "00:00:00"));
            writer.WriteString("to", Time(period.End.AddDays(-1), "23:59:59"));
            writer.WriteEndObject();
            writer.WriteStartObject("dataset");
            writer.WriteString("granularity", "Daily");
            writer.WriteStartObject("aggregation");
            writer.WriteStartObject("totalCost");
            writer.WriteString("name", CostColumns.Cost);
            writer.WriteString("function", "Sum");
            writer.WriteEndObject();
            writer.WriteEndObject();
            grouping(writer);
            WriteFilter(writer, scope.Tags);
            writer.WriteEndObject();
            more?.Invoke(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>All tags have to be there. An <c>and</c> of one is refused.</summary>
    private static void WriteFilter(Utf8JsonWriter writer, IReadOnlyDictionary<string, IReadOnlyList<string>> tags)
    {
        if (tags.Count == 0)
        {
            return;
        }

        writer.WritePropertyName("filter");
        if (tags.Count > 1)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("and");
        }

        foreach (var (name, values) in tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("tags");
            writer.WriteString("name", name);
            writer.WriteString("operator", "In");
            writer.WriteStartArray("values");
            foreach (var value in values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        if (tags.Count > 1)
        {
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }

    private static string Time(DateOnly day, string time) => string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}T{time}Z");
}
