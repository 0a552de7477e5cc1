using System.Globalization;

namespace ScaleFunctions.Core.Policies;

/// <summary>Finds what is allowed in policies and probably not meant. Works on what holds after merging and narrowing.</summary>
public static class PolicyLint
{
    /// <summary>After scaling in, a rise of the load by this share is a matter of chance, not of need.</summary>
    private const double LeastMargin = 0.05;

    /// <summary>When the load is as high as the metric can show, the maximum should be there while it still helps.</summary>
    private const int LongestClimb = 60;

    /// <summary>Platform metrics arrive 2 to 3 minutes late; a newest sample younger than this is luck.</summary>
    private static readonly TimeSpan UsualDelay = TimeSpan.FromMinutes(3);

    public static IReadOnlyList<PolicyFinding> Check(PolicySet policies) =>
    [
        .. policies.ResourceRightsizing.SelectMany(policy => RightsizingLint.Check(policy).Concat(RightsizingActLint.Check(policy, policies)))
            .Concat(policies.VerticalScaling.SelectMany(VerticalScalingLint.Check)).Concat(policies.HorizontalScaling
            .SelectMany(policy => Check(policy, policies.LoadBasedScaling.FirstOrDefault(each => each.Workload == policy.Workload))
                .Concat(policies.PredictiveScaling.Where(each => each.Workload == policy.Workload).SelectMany(each => Forecast(policy, each)))))
            .OrderBy(finding => finding.Source.File, StringComparer.Ordinal)
            .ThenBy(finding => finding.Source.Line)
            .ThenBy(finding => finding.Source.Column),
    ];

    private static IEnumerable<PolicyFinding> Check(HorizontalScalingPolicy horizontal, LoadBasedScalingPolicy? loadBased)
    {
        if (horizontal.FollowsSchedule)
        {
            return Floors(horizontal).Concat(horizontal.Floors.Count > 0 ? [] : [At(horizontal, "spec.instances.follow", "fixed-count",
                $"it follows a schedule, but has no 'floors', so there are always {horizontal.Minimum}; add floors, or say 'follow: load'")]);
        }

        if (loadBased is null)
        {
            return horizontal.Minimum == horizontal.Maximum
                ? []
                : [At(horizontal, "spec.workload", "missing-scale-in",
                    $"no LoadBasedScaling follows the load of '{horizontal.Workload}', so nothing ever scales it in, not even after a floor; add one, or say 'follow: schedule'")];
        }

        return Bounds(horizontal).Concat(Signals(loadBased)).Concat(MissingData(horizontal, loadBased)).Concat(Trackings(horizontal, loadBased)).Concat(Steps(horizontal, loadBased));
    }

    private static IEnumerable<PolicyFinding> Forecast(HorizontalScalingPolicy horizontal, PredictiveScalingPolicy policy)
    {
        if (policy.RaisedMaximum is { } raised && raised <= horizontal.Maximum)
        {
            yield return new PolicyFinding(policy.Origins.Of("spec.raiseMaximumTo") ?? policy.Source, "raise-without-effect",
                $"the maximum is {horizontal.Maximum} at any time, so raising it to {raised} changes nothing");
        }
    }

    private static IEnumerable<PolicyFinding> Bounds(HorizontalScalingPolicy policy)
    {
        if (policy.Minimum == policy.Maximum)
        {
            yield return At(policy, "spec.instances.maximum", "fixed-count", $"minimum and maximum are both {policy.Minimum}, so the load changes nothing");
        }

        foreach (var finding in Floors(policy))
        {
            yield return finding;
        }
    }

    private static IEnumerable<PolicyFinding> Floors(HorizontalScalingPolicy policy)
    {
        foreach (var (floor, index) in policy.Floors.Select((floor, index) => (floor, index)))
        {
            if (floor.Minimum <= policy.Minimum)
            {
                yield return At(policy, $"spec.floors[{index}].minimum", "floor-without-effect",
                    $"a floor of {floor.Minimum} changes nothing, because the minimum is {policy.Minimum} at any time");
            }

            if (policy.Floors.Take(index).FirstOrDefault(other => other.When.Overlaps(floor.When)) is { } other)
            {
                yield return At(policy, $"spec.floors[{index}].when", "overlapping-floors",
                    $"'{floor.When.Window.Text}' overlaps with '{other.When.Window.Text}' at {other.Source}; where both hold the higher of {floor.Minimum} and {other.Minimum} counts");
            }
        }
    }

    private static IEnumerable<PolicyFinding> Signals(LoadBasedScalingPolicy policy)
    {
        foreach (var (signal, index) in policy.Signals.Select((signal, index) => (signal, index)))
        {
            if (!policy.Follows(signal.Name) && !policy.Calculates(signal.Name))
            {
                yield return At(policy, $"spec.signals[{index}].name", "unused-signal", $"nothing uses the signal '{signal.Name}'; remove it, or track it");
            }

            if (signal.From is SignalSource.Metric && signal.MaximumAge <= UsualDelay)
            {
                yield return At(policy, $"spec.signals[{index}].maximumAge", "always-stale",
                    $"Azure delivers samples 2 to 3 minutes late, so with {DurationText.Of(signal.MaximumAge)} '{signal.Name}' will often count as stale and nothing will scale in; use 5m or more");
            }

            if (signal.From is SignalSource.Metric { Selector.Aggregation: MetricAggregation.Minimum } && policy.TargetTracking.Any(tracking => tracking.Signal == signal.Name))
            {
                yield return At(policy, $"spec.signals[{index}].aggregation", "idlest-instance",
                    $"the minimum shows the idlest instance alone, so the load of the others is hidden from the target of '{signal.Name}'; use average or maximum");
            }

            if (!signal.IsZeroUsual && signal is { Measures: SignalMeasure.Total, From: SignalSource.Metric } && policy.Vetoes.Any(veto => veto.Signal == signal.Name))
            {
                yield return At(policy, $"spec.signals[{index}].name", "zero-is-usual",
                    $"'{signal.Name}' forbids scaling in, and after it was above zero an exact zero counts as a broken source for an hour; where zero is what it usually is, as of errors, add 'zero: usual'");
            }
        }
    }

    private static IEnumerable<PolicyFinding> MissingData(HorizontalScalingPolicy horizontal, LoadBasedScalingPolicy policy)
    {
        foreach (var (signal, index) in policy.Signals.Select((signal, index) => (signal, index)))
        {
            var (fallback, path) = (signal.MissingData, $"spec.signals[{index}].missingData.instances");
            var source = policy.Origins.Of(path) is null ? "spec.missingData.instances" : path;
            if (fallback.Behavior == MissingDataBehavior.CurrentInstancesIfLower)
            {
                yield return At(policy, source, "fallback-never-lowers",
                    $"what cannot be read never lowers, so for '{signal.Name}' currentInstancesIfLower is the same as hold");
            }
            else if (fallback.MayRaise && fallback.Instances <= horizontal.Minimum)
            {
                yield return At(policy, source, "fallback-without-effect",
                    $"{fallback.Instances} instances run at any time, because the minimum is {horizontal.Minimum}; while '{signal.Name}' cannot be read that raises nothing");
            }
            else if (fallback.MayRaise && fallback.Instances > horizontal.Maximum)
            {
                yield return At(policy, source, "fallback-above-maximum",
                    $"while '{signal.Name}' cannot be read {fallback.Instances} instances are wanted, but the maximum is {horizontal.Maximum}");
            }
        }
    }

    private static IEnumerable<PolicyFinding> Trackings(HorizontalScalingPolicy horizontal, LoadBasedScalingPolicy policy)
    {
        foreach (var (tracking, index) in policy.TargetTracking.Select((tracking, index) => (tracking, index)))
        {
            // Scaling in leaves each instance with the target at most, so the tolerance is all there is up to the next scale-out.
            if (tracking.ToleranceOut < LeastMargin)
            {
                yield return At(policy, Tolerance(policy, index), "flapping-margin",
                    $"after scaling in, instances run at up to {Number(tracking.Target)}, and {Number(tracking.Target * (1 + tracking.ToleranceOut))} scales out again: "
                    + $"a rise by {Number(tracking.ToleranceOut * 100)} % turns it round; use 5% or more");
            }

            var signal = policy.Signals.FirstOrDefault(each => each.Name == tracking.Signal);
            if (signal is not null && SignalScale.Highest(signal) is { } highest && MinutesToMaximum(horizontal, tracking.Target, highest) is var minutes and > LongestClimb)
            {
                yield return At(horizontal, "spec.instances.maximum", "unreachable-maximum",
                    $"with '{tracking.Signal}' at {Number(highest)}, the most it can show, it takes {(minutes == int.MaxValue ? "more than a day" : $"{minutes} minutes")} to get from {horizontal.Minimum} "
                    + $"to {horizontal.Maximum} instances; lower the target, let scaleOut.atMost be larger, or raise the minimum");
            }
        }
    }

    /// <summary>
    /// The projection the planner makes, for each count there may be: what is left after the step in, at the very threshold,
    /// and whether the lowest step out takes it for a need again.
    /// </summary>
    private static IEnumerable<PolicyFinding> Steps(HorizontalScalingPolicy horizontal, LoadBasedScalingPolicy policy)
    {
        foreach (var (step, index) in policy.Steps.Select((step, index) => (step, index)).Where(each => each.step.Below is not null))
        {
            var outs = policy.Steps.Where(each => each.Signal == step.Signal && each.Above is not null).ToList();
            var flapping = Enumerable.Range(horizontal.Minimum + 1, Math.Max(0, horizontal.Maximum - horizontal.Minimum))
                .Where(count => outs.Exists(each => step.Below * count / Math.Max(horizontal.Minimum, count - step.Change) > each.Above))
                .ToList();
            if (flapping.Count > 0)
            {
                var (count, left) = (flapping[0], Math.Max(horizontal.Minimum, flapping[0] - step.Change));
                yield return At(policy, $"spec.steps[{index}].below", "flapping-margin",
                    $"at {Number(step.Below!.Value)} on {count} instances, removing {count - left} leaves {Number(step.Below.Value * count / left)} on {left}, "
                    + $"where a step out begins at {Number(outs.Min(each => each.Above!.Value))}; the planner will hold it back: lower 'below' or remove fewer");
            }
        }

        if (policy.TargetTracking.Count == 0 && policy.Steps.All(step => step.Below is null))
        {
            yield return At(policy, "spec.steps[0].signal", "missing-scale-in", "every step adds instances and none removes them; add one with 'below' and 'remove'");
        }
    }

    private static string Tolerance(LoadBasedScalingPolicy policy, int index) =>
        policy.Origins.Of($"spec.targetTracking[{index}].tolerance.out") is null && policy.Origins.Of("spec.tolerance.out") is not null
            ? "spec.tolerance.out"
            : $"spec.targetTracking[{index}].tolerance.out";

    /// <summary>Minutes of evaluations from the minimum to the maximum when the signal is as high as it can be.</summary>
    private static int MinutesToMaximum(HorizontalScalingPolicy policy, double target, double highest)
    {
        const int day = 24 * 60;
        var (count, minutes) = ((double)policy.Minimum, 0.0);
        var behavior = policy.ScaleOut;
        var step = Math.Max(1, Math.Max(behavior.Cooldown.TotalMinutes, behavior.AtMost?.Per.TotalMinutes ?? 1));
        while (count < policy.Maximum && minutes < day)
        {
            var wanted = Math.Ceiling((count * highest / target) - 1e-9);
            count = Math.Min(wanted, count + (behavior.AtMost?.Allowed((long)count) ?? double.MaxValue));
            minutes += step;
        }

        return minutes >= day ? int.MaxValue : (int)minutes;
    }

    private static PolicyFinding At(HorizontalScalingPolicy policy, string path, string rule, string message) =>
        new(policy.Origins.Of(path) ?? policy.Source, rule, message);

    private static PolicyFinding At(LoadBasedScalingPolicy policy, string path, string rule, string message) =>
        new(policy.Origins.Of(path) ?? policy.Source, rule, message);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
