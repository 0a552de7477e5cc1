using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Asks for each metric once, for all resources it is needed of, as far back as any policy looks. Another resource's metric is
/// asked for once, however many targets follow it. The span ends with the last minute that is over.
/// </summary>
internal static class MetricRequests
{
    public static IEnumerable<MetricRequest> For(
        IReadOnlyList<(ObservedTarget Target, TargetPolicies.Resolved Policies)> selected, DateTimeOffset now, IReadOnlyDictionary<TargetId, LeftoverRecord>? idle = null) =>
        from each in Asked(selected, now, idle)
        group each by each.Selector.Key into metric
        let end = now.AddTicks(-(now.UtcTicks % SignalReader.Grain.Ticks))
        select new MetricRequest(
            [.. metric.Select(each => each.Resource).Distinct()],
            metric.First().Selector,
            end - metric.Max(each => each.Span) - SignalReader.Grain,
            end);

    /// <summary>What signals ask for, and what off-hours do before they stop something.</summary>
    private static IEnumerable<(MonitoredResource Resource, MetricSelector Selector, TimeSpan Span)> Asked(
        IReadOnlyList<(ObservedTarget Target, TargetPolicies.Resolved Policies)> selected, DateTimeOffset now, IReadOnlyDictionary<TargetId, LeftoverRecord>? idle) =>
        (from each in selected
         from signal in each.Policies.LoadBased?.Signals ?? []
         let source = signal.From as SignalSource.Metric
         where source is not null
         select (source.Of(each.Target), source.Selector, signal.MaximumAge + signal.Window))
        .Concat(UseReadings.Asked(selected, now, idle));

    /// <summary>The answers that concern a target, by the name of the signal.</summary>
    /// <param name="target">The target.</param>
    /// <param name="policies">Its signals.</param>
    /// <param name="answers">By the key of the metric.</param>
    public static IReadOnlyDictionary<string, MetricSeries> Pick(
        ObservedTarget target, TargetPolicies.Resolved policies,
        IReadOnlyDictionary<string, IReadOnlyDictionary<MonitoredResource, MetricSeries>> answers)
    {
        var series = new Dictionary<string, MetricSeries>();
        foreach (var signal in policies.LoadBased?.Signals ?? [])
        {
            if (signal.From is SignalSource.Metric source
                && answers.TryGetValue(source.Selector.Key, out var answer) && answer.TryGetValue(source.Of(target), out var found))
            {
                series[signal.Name] = found;
            }
        }

        return series;
    }
}
