using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Signals;

/// <summary>One metric of many targets over one span of time, in one-minute grains.</summary>
/// <param name="Targets">Any mix of subscriptions, regions and types; the source groups them.</param>
/// <param name="Metric">Azure Monitor metric name, for example <c>Percentage CPU</c>.</param>
/// <param name="From">First grain wanted.</param>
/// <param name="To">End of the span, exclusive.</param>
public sealed record MetricRequest(
    IReadOnlyList<ObservedTarget> Targets, string Metric, DateTimeOffset From, DateTimeOffset To);
