using System.Globalization;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Asks whether somebody works on what off-hours are about to stop.</summary>
internal static class UseReadings
{
    /// <summary>Platform metrics arrive two to three minutes late; that much more is asked for.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(3);

    /// <summary>The metrics of those that are off by the clock; of others nobody needs to know.</summary>
    public static IEnumerable<(MonitoredResource Resource, MetricSelector Selector, TimeSpan Span)> Asked(
        IReadOnlyList<(ObservedTarget Target, TargetPolicies.Resolved Policies)> selected, DateTimeOffset now, IReadOnlyDictionary<TargetId, LeftoverRecord>? idle = null) =>
        from each in selected
        let use = TermsOf(each.Target, each.Policies, idle?.GetValueOrDefault(each.Target.Id), now)
        where use is not null
        select (use.Metric.Of(each.Target), use.Metric.Selector, use.Within + Delay);

    public static UseReading Of(
        ObservedTarget target, TargetPolicies.Resolved policies, IReadOnlyDictionary<string, IReadOnlyDictionary<MonitoredResource, MetricSeries>> answers, DateTimeOffset now, LeftoverRecord? idle = null)
    {
        if (TermsOf(target, policies, idle, now) is not { } use)
        {
            return new UseReading.Idle();
        }

        return answers.TryGetValue(use.Metric.Selector.Key, out var answer) && answer.TryGetValue(use.Metric.Of(target), out var series)
            ? Of(use, series, now)
            : new UseReading.Unknown("its metric was not read");
    }

    /// <summary>What is asked now: for what the clock puts off, or the notice to whose owner ran out; nothing for others.</summary>
    private static InUseTerms? TermsOf(ObservedTarget target, TargetPolicies.Resolved policies, LeftoverRecord? idle, DateTimeOffset now) =>
        policies.Usage?.OffHours.InUse is { } use && IsOff(target, policies, now) ? use : LeftoverActs.UseOf(target, policies, idle, now);

    /// <summary>One minute above the bound is use. None at all proves nothing, not even that nobody is there.</summary>
    internal static UseReading Of(InUseTerms use, MetricSeries series, DateTimeOffset now)
    {
        if (series is not MetricSeries.Received received)
        {
            return new UseReading.Unknown(series is MetricSeries.Failed failed ? failed.Reason : "its metric is no series");
        }

        MetricPoint? highest = null;
        foreach (var point in received.Points)
        {
            if (point.Value is { } value && double.IsFinite(value) && point.At >= now - use.Within - Delay && point.At <= now && !(value <= highest?.Value))
            {
                highest = point;
            }
        }

        return highest is not { } most ? new UseReading.Unknown($"{use.Metric} has no samples")
            : most.Value > use.Above ? new UseReading.Busy(string.Create(
                CultureInfo.InvariantCulture, $"{use.Metric} was {most.Value:0.##} at {most.At:HH:mm}, above {use.Above:0.##}"))
            : new UseReading.Idle();
    }

    private static bool IsOff(ObservedTarget target, TargetPolicies.Resolved policies, DateTimeOffset now) =>
        policies.Usage!.OffHours is var off && (target.Capacity > off.Instances || (off.Size.Length > 0 && !string.Equals(off.Size, target.Sku, StringComparison.OrdinalIgnoreCase))) && OffTurns.ScheduleOf(target, policies.Usage.OffHours).Schedule is { } schedule && schedule.At(now).IsOff;
}
