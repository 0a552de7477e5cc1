using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Asks for the use of sizes, which policies look at over hours: every few minutes only, a part of the targets at a time, in grains
/// of five minutes, the last of which had time to arrive whole.
/// </summary>
internal static class SizeRequests
{
    public static readonly TimeSpan Grain = TimeSpan.FromMinutes(5);

    private const int Parts = 5;

    /// <summary>Whether it is a target's turn: by its name and the clock, so that every worker says the same and none has to remember.</summary>
    /// <param name="target">The target.</param>
    /// <param name="now">Time of the tick.</param>
    /// <param name="interval">Time between ticks: with fewer ticks in these minutes each has a larger part.</param>
    public static bool IsTurn(TargetId target, DateTimeOffset now, TimeSpan interval)
    {
        var minutes = Math.Max(1, (int)interval.TotalMinutes);
        var parts = Math.Max(1, Parts / minutes);
        return TargetTurns.Of(target, parts) == now.UtcTicks / TimeSpan.TicksPerMinute / minutes % parts;
    }

    /// <summary>End of the span that is asked for, exclusive.</summary>
    public static DateTimeOffset End(DateTimeOffset now) => (now - Grain).AddTicks(-((now - Grain).UtcTicks % Grain.Ticks));

    public static IEnumerable<MetricRequest> For(
        IReadOnlyList<(ObservedTarget Target, TargetPolicies.Resolved Policies)> targets, DateTimeOffset now) =>
        from each in targets
        from span in Spans(each.Policies)
        let metric = MetricOf(each.Target.Id, span.Part)
        where metric is not null
        group (Resource: MonitoredResource.Of(each.Target), metric.Selector, span.For) by metric.Selector.Key into asked
        select new MetricRequest([.. asked.Select(each => each.Resource).Distinct()], asked.First().Selector, End(now) - asked.Max(each => each.For), End(now))
        {
            Grain = Grain,
        };

    /// <summary>The answers that concern a target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="answers">By the key of the metric.</param>
    public static IReadOnlyDictionary<UsedPart, MetricSeries> Pick(
        ObservedTarget target, IReadOnlyDictionary<string, IReadOnlyDictionary<MonitoredResource, MetricSeries>> answers)
    {
        var (found, resource) = (new Dictionary<UsedPart, MetricSeries>(), MonitoredResource.Of(target));
        foreach (var part in Enum.GetValues<UsedPart>())
        {
            if (MetricOf(target.Id, part) is { } metric && answers.TryGetValue(metric.Selector.Key, out var answer) && answer.TryGetValue(resource, out var series))
            {
                found[part] = series;
            }
        }

        return found;
    }

    /// <summary>What was used of a size, over the span of each threshold.</summary>
    /// <param name="target">The target.</param>
    /// <param name="size">What its size has; absent when it is not known.</param>
    /// <param name="policy">Its thresholds.</param>
    /// <param name="series">What was read.</param>
    /// <param name="now">When.</param>
    public static IReadOnlyDictionary<(UsedPart Part, TimeSpan For), SizeUse> Uses(
        ObservedTarget target, SizeOffer? size, VerticalScalingPolicy policy, IReadOnlyDictionary<UsedPart, MetricSeries> series, DateTimeOffset now) =>
        Thresholds(policy).Distinct().ToDictionary(
            each => each,
            each => SizeUses.Of(MetricOf(target.Id, each.Part), each.Part, size, series.GetValueOrDefault(each.Part), each.For, Grain, End(now)));

    /// <summary>What is asked for: what thresholds look at, and a day of processors where a guard is looked at again in the busiest hour.</summary>
    private static IEnumerable<(UsedPart Part, TimeSpan For)> Spans(TargetPolicies.Resolved policies) =>
    [
        .. policies.Vertical is { } vertical ? Thresholds(vertical) : [],
        .. (policies.Vertical?.Guard ?? policies.Rightsizing?.Guard) is null ? Array.Empty<(UsedPart, TimeSpan)>() : [(UsedPart.Cpu, PeakHour.Day)],
    ];

    private static UsageMetric? MetricOf(TargetId target, UsedPart part) =>
        UsageMetric.Of(part == UsedPart.Cpu ? UsageMetric.Processors : UsageMetric.Memory, target);

    private static IEnumerable<(UsedPart Part, TimeSpan For)> Thresholds(VerticalScalingPolicy policy) =>
    [
        (UsedPart.Cpu, policy.Up.Cpu.For), (UsedPart.Memory, policy.Up.Memory.For),
        (UsedPart.Cpu, policy.Down.Cpu.For), (UsedPart.Memory, policy.Down.Memory.For),
    ];
}
