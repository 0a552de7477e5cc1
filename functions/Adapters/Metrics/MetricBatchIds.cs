using System.Text.Json.Serialization;

namespace ScaleFunctions.Adapters.Metrics;

/// <summary>The body of a batch call.</summary>
internal sealed record MetricBatchIds([property: JsonPropertyName("resourceids")] IReadOnlyList<string> ResourceIds);
