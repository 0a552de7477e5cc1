using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Checks policies against Azure itself: whether the metrics they name are there, of one target of each type.</summary>
public static class OnlineCheck
{
    public static async Task<IReadOnlyList<PolicyFinding>> RunAsync(
        PolicySet policies, IReadOnlyList<ObservedTarget> targets, IMetricDefinitionSource definitions, CancellationToken cancellationToken)
    {
        var findings = new List<PolicyFinding>();
        var known = new Dictionary<(MonitoredResource Resource, string Namespace), MetricDefinitions>();
        foreach (var (policy, index, metric, resource) in Wanted(policies, targets))
        {
            var key = (resource, metric.Selector.Namespace);
            if (!known.TryGetValue(key, out var found))
            {
                known[key] = found = await definitions.ReadAsync(resource, metric.Selector.Namespace, cancellationToken).ConfigureAwait(false);
            }

            findings.AddRange(MetricNames.Check(metric.Selector, found, resource.ResourceType).Select(each => new PolicyFinding(
                policy.Origins.Of($"spec.signals[{index}].{each.Field}") ?? policy.Origins.Of($"spec.signals[{index}].name") ?? policy.Source, each.Rule, each.Message)));
        }

        return [.. findings.Distinct()];
    }

    private static IEnumerable<(LoadBasedScalingPolicy Policy, int Index, SignalSource.Metric Metric, MonitoredResource Resource)> Wanted(
        PolicySet policies, IReadOnlyList<ObservedTarget> targets) => (
        from target in targets.OrderBy(target => target.Id.Key, StringComparer.Ordinal)
        let policy = (policies.For(target) as TargetPolicies.Resolved)?.LoadBased
        where policy is not null
        from signal in policy.Signals.Select((signal, index) => (From: signal.From as SignalSource.Metric, Index: index))
        where signal.From is not null
        select (policy, signal.Index, signal.From, signal.From.Of(target)))
        .DistinctBy(each => (each.policy.Source, each.Index, each.Item4.ResourceType.ToLowerInvariant(), each.From.Resource));
}
