using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Policies;

/// <summary>Only the samples of some values of a dimension; or all of them, each value by itself.</summary>
/// <param name="Name">As the metric has it, for example <c>Instance</c>.</param>
/// <param name="Values">The values that count; none when each value is read by itself.</param>
public sealed record MetricDimension(string Name, IReadOnlyList<string> Values)
{
    /// <summary>Written <c>"*"</c>.</summary>
    [JsonIgnore]
    public bool IsSplit => Values.Count == 0;
}
