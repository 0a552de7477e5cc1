using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Asks for each metric once, for all targets that need it, as far back as any policy looks.</summary>
internal static class MetricRequests
{
    public static IEnumerable<MetricRequest> For(
        IReadOnlyList<(ObservedTarget Target, TargetPolicies.Resolved Policies)> selected, DateTimeOffset now) =>
        from each in selected
        from signal in each.Policies.LoadBased?.Signals ?? []
        group (each.Target, Span: signal.MaximumAge + signal.Window) by signal.Metric into metric
        select new MetricRequest(
            [.. metric.Select(each => each.Target).DistinctBy(target => target.Id)],
            metric.Key,
            now - metric.Max(each => each.Span) - SignalReader.Grain,
            now);
}
