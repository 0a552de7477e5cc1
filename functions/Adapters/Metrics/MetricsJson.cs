using System.Text.Json.Serialization;

namespace ScaleFunctions.Adapters.Metrics;

/// <summary>JSON of the metrics API.</summary>
[JsonSerializable(typeof(MetricBatchIds))]
internal sealed partial class MetricsJson : JsonSerializerContext;
