using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Assessments;

/// <summary>Judges by its metrics how a resource used the instances it had.</summary>
/// <remarks>
/// The load of a grain is use × instances; what has to fit is a quantile of it, at the target use. Ten instances at 12 % all
/// week: load 1.2, at 60 % that is 2 instances, so 8 were not needed.
/// </remarks>
public static class CapacityUses
{
    /// <summary>A step of one is what scaling does; a pipeline sets back all of it.</summary>
    private const int LeastJump = 2;

    /// <summary>Once is a person, twice may be chance.</summary>
    private const int JumpTimes = 3;

    private const double JumpShare = 0.8;

    private const int ShownJumps = 5;

    private const double Epsilon = 1e-9;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <param name="target">The resource.</param>
    /// <param name="metric">What the values are.</param>
    /// <param name="series">The values.</param>
    /// <param name="terms">How it is looked at.</param>
    /// <param name="range">The capacities it may have, where not every number is one.</param>
    public static CapacityUse Of(ObservedTarget target, ProcessorMetric metric, MetricSeries series, AssessmentTerms terms, CapacityRange? range = null)
    {
        if (series is not MetricSeries.Received { Points: var points })
        {
            return new CapacityUse.Unjudged(series is MetricSeries.Failed failed ? $"its metrics could not be read: {failed.Reason}" : "its metrics came in a form that is not understood") { IsGap = true };
        }

        var grains = Grains(target, metric, points, terms);
        var coverage = grains.Count * terms.Grain / terms.Span;
        if (grains.Count == 0 || coverage < terms.LeastCoverage)
        {
            return new CapacityUse.Unjudged(grains.Count == 0
                ? target.Capacity == 0 ? "it does not run, and did not" : "it has no metrics"
                : FormattableString.Invariant($"too short a history: {(grains.Count * terms.Grain).TotalHours:0.#} hours of {terms.Span.TotalDays:0.#} days"));
        }

        var load = Quantile([.. grains.Select(grain => grain.Load)], terms.Quantile);
        var tellsCounts = metric.Count == InstanceCount.Sampled;
        var counts = tellsCounts ? Counts(grains) : [];
        var needed = Math.Max(Math.Max(1, target.Least?.Instances ?? 1), (int)Math.Ceiling((load / (terms.TargetPercent / 100)) - Epsilon));
        var days = grains.Count * terms.Grain.TotalDays;
        return new CapacityUse.Judged
        {
            // A machine of its own has values for as long as it ran.
            MeanInstances = metric.Count == InstanceCount.One ? Math.Min(1, coverage) : grains.Average(grain => grain.Instances),
            IsCountAssumed = metric.Count == InstanceCount.Now,
            Load = load,
            MeanPercent = 100 * grains.Sum(grain => grain.Load) / grains.Sum(grain => grain.Instances),
            Needed = range?.Carrying(needed) ?? needed,
            ChangesPerDay = tellsCounts ? Changes(counts).Count / days : null,
            ReversalsPerDay = tellsCounts ? Reversals(Changes(counts)) / days : null,
            Jump = Jumps(Changes(counts)),
            Coverage = Math.Min(1, coverage),
        };
    }

    private static List<(DateTimeOffset At, double Load, double Instances)> Grains(
        ObservedTarget target, ProcessorMetric metric, IReadOnlyList<MetricPoint> points, AssessmentTerms terms)
    {
        List<(DateTimeOffset, double, double)> grains = [];
        foreach (var point in points)
        {
            var instances = metric.Count switch
            {
                InstanceCount.Sampled => point.Count / terms.Grain.TotalMinutes,
                InstanceCount.Now => target.Capacity,
                _ => 1,
            };
            if (point.Value is >= 0 and <= 100 and var percent && instances is > 0 and var count)
            {
                grains.Add((point.At, percent / 100 * count, count));
            }
        }

        return grains;
    }

    private static List<(DateTimeOffset At, int Count)> Counts(List<(DateTimeOffset At, double Load, double Instances)> grains) =>
        [.. grains.Select(grain => (grain.At, (int)Math.Round(grain.Instances)))];

    private static List<(DateTimeOffset At, int From, int To)> Changes(List<(DateTimeOffset At, int Count)> counts) =>
        [.. counts.Zip(counts.Skip(1), (before, after) => (after.At, From: before.Count, To: after.Count)).Where(change => change.From != change.To)];

    private static int Reversals(List<(DateTimeOffset At, int From, int To)> changes) =>
        changes.Zip(changes.Skip(1)).Count(pair => Math.Sign(pair.First.To - pair.First.From) != Math.Sign(pair.Second.To - pair.Second.From) && pair.Second.At - pair.First.At <= Hour);

    /// <summary>
    /// Of all jumps nearly each to the same count, three times at least, and not always from the same one: that would be two
    /// profiles that take turns. What follows a load jumps to many counts.
    /// </summary>
    private static RepeatedJump? Jumps(List<(DateTimeOffset At, int From, int To)> changes)
    {
        var all = Joined(changes).Where(change => Math.Abs(change.To - change.From) >= LeastJump).ToList();
        var most = all.GroupBy(change => change.To).MaxBy(jumps => jumps.Count())?.ToList() ?? [];
        return most.Count >= JumpTimes && most.Count >= JumpShare * all.Count && most.Select(jump => jump.From).Distinct().Count() > 1
            ? new RepeatedJump(most[0].To, most.Count, [.. most.TakeLast(ShownJumps).Select(jump => jump.From)], most[^1].At) { At = [.. most.Select(jump => jump.At)] }
            : null;
    }

    /// <summary>A change within a grain shows as two, by way of their mean.</summary>
    private static List<(DateTimeOffset At, int From, int To)> Joined(List<(DateTimeOffset At, int From, int To)> changes)
    {
        List<(DateTimeOffset At, int From, int To)> joined = [];
        foreach (var change in changes)
        {
            if (joined.Count > 0 && joined[^1] is var last && change.At - last.At <= TimeSpan.FromMinutes(15) && last.To == change.From
                && Math.Sign(last.To - last.From) == Math.Sign(change.To - change.From))
            {
                joined[^1] = (change.At, last.From, change.To);
            }
            else
            {
                joined.Add(change);
            }
        }

        return joined;
    }

    private static double Quantile(double[] values, double share)
    {
        Array.Sort(values);
        return values[Math.Clamp((int)Math.Ceiling((share * values.Length) - Epsilon) - 1, 0, values.Length - 1)];
    }
}
