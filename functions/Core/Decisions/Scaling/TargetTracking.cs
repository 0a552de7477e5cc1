using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>
/// Keeps a per-instance signal at its target: <c>desired = ceil(load / target)</c>, unless the signal is within the
/// tolerance. The rule of the Kubernetes Horizontal Pod Autoscaler, sized from the total load so that instances that
/// do not report dilute nothing.
/// </summary>
/// <example>
/// Target 60 %, tolerance 10 %:
/// <code>
/// instances  reporting  CPU    load  asks for
///         4          4   90 %   360         6   360 / 60
///         4          4   63 %   252         4   within tolerance
///         6          4   80 %   320         6   two boot and will take their share: 320 / (6 × 60) is within tolerance
///        10         10   30 %   300         5   300 / 60
///        10          8   30 %   240         6   two are silent and count as fully used: (240 + 2 × 60) / 60
///         9          9   40 %   360         9   when it shall survive the loss of one of 3 zones: 360 / 60 are needed then
/// </code>
/// </example>
public sealed class TargetTracking : IScalingRule
{
    /// <summary>Keeps ceil(load / target) from asking for one more because of the last bits of a division.</summary>
    private const double Epsilon = 1e-9;

    public IEnumerable<Advice> Advise(ScalingContext context) =>
        from tracking in context.LoadBased?.TargetTracking ?? []
        let reading = context.Readings.FirstOrDefault(reading => reading.Signal == tracking.Signal)
            ?? new SignalReading.Missing(tracking.Signal, "not read")
        let saturatedAt = context.LoadBased!.Signals.FirstOrDefault(signal => signal.Name == tracking.Signal)?.SaturatedAt
        select MissingData.Answer(Jump(Advise(tracking, reading, context.Current, context.Loss), reading, saturatedAt, context.Current), tracking.Signal, context);

    /// <summary>
    /// When every instance is at the end of the scale the load is not what is read but anything above it. Sizing by what is
    /// read would creep: from 10 instances at 100 % with a target of 85 % only to 12. Doubling finds the load in a few steps;
    /// what it overshoots is scaled in later. It waits until all instances report, so that one need is not answered twice.
    /// </summary>
    private static Advice Jump(Advice advice, SignalReading reading, double? saturatedAt, int current)
    {
        var (value, reporting) = reading switch
        {
            SignalReading.Present present => (present.Value, present.Instances),
            SignalReading.Partial partial => (partial.Value, partial.Instances),
            _ => (0, 0),
        };
        var doubled = (int)Math.Min(1_000_000L, 2L * current);
        return !advice.IsBlind && advice.Desired > current && value >= saturatedAt && reporting >= current && doubled > advice.Desired
            ? advice with { Desired = doubled, Reason = new ScalingReason.Saturated(reading.Signal, value, saturatedAt.Value, current, doubled) }
            : advice;
    }

    private static Advice Advise(TargetTrackingPolicy tracking, SignalReading reading, int current, LossToSurvive loss) => reading switch
    {
        SignalReading.Present present => Size(
            tracking, present.Value, present.Instances, present.Load, present.BusyLoad, (current, loss), provesLowLoad: true),
        SignalReading.Partial partial => Size(
            tracking, partial.Value, partial.Instances, partial.Load, partial.Load, (current, loss), provesLowLoad: false, partial.Doubt),
        _ => Advice.Blind(reading, current),
    };

    private static Advice Size(
        TargetTrackingPolicy tracking, double value, double reporting, double load, double busyLoad, (int Current, LossToSurvive Loss) fleet, bool provesLowLoad,
        string doubt = "samples are missing")
    {
        var (current, loss) = fleet;
        if (!double.IsFinite(value + reporting + load + busyLoad) || !double.IsFinite(tracking.Target) || tracking.Target <= 0)
        {
            return Advice.Blind(tracking.Signal, "its numbers cannot be true", current);
        }

        // On the way out an instance that does not report yet counts as idle, on the way in as fully used: both
        // dampen, as the HPA does with pods that are not ready.
        var silent = Math.Max(0, current - reporting);
        var cautiousLoad = Math.Max(load, busyLoad) + (silent * tracking.Target);
        var capacity = loss.Survivors(Math.Max(1, current)) * tracking.Target;
        var outAbove = tracking.Target * (1 + tracking.ToleranceOut);
        var kept = capacity / Math.Max(1, current);
        var advice = new Advice
        {
            Desired = current,
            AllowsScaleIn = provesLowLoad,
            Reason = Surviving(loss, value > kept * (1 + tracking.ToleranceOut) || value < kept * (1 - tracking.ToleranceIn)
                ? new ScalingReason.FitsNewCount(tracking.Signal, value, kept, reporting, current)
                : new ScalingReason.WithinTolerance(tracking.Signal, value, kept)),
            Counterfactual = Counterfactual(tracking, value, reporting, fleet),
            Projection = new LoadProjection(tracking.Signal, cautiousLoad, outAbove) { Loss = loss },
        };

        if (load > capacity * (1 + tracking.ToleranceOut))
        {
            return Follow(advice, tracking, (value, kept, load), fleet, loss.Needed(Instances(load, tracking.Target)));
        }

        if (cautiousLoad >= capacity * (1 - tracking.ToleranceIn))
        {
            return load + (silent * tracking.Target) < capacity * (1 - tracking.ToleranceIn)
                ? advice with { Reason = new ScalingReason.InDoubt(tracking.Signal, "some of its samples are exactly zero, which may hide load") }
                : advice;
        }

        var fewer = loss.Needed(Instances(cautiousLoad, tracking.Target));
        if (fewer >= current)
        {
            return advice with { Reason = Surviving(loss, new ScalingReason.Fits(tracking.Signal, value, kept)) };
        }

        return provesLowLoad
            ? Follow(advice, tracking, (value, kept, load), fleet, fewer)
            : advice with { Reason = new ScalingReason.InDoubt(tracking.Signal, $"{doubt}, which may hide load") };
    }

    private static Advice Follow(
        Advice advice, TargetTrackingPolicy tracking, (double Value, double Kept, double Load) signal, (int Current, LossToSurvive Loss) fleet, int desired) =>
        advice with
        {
            Desired = desired,
            Reason = Surviving(fleet.Loss, new ScalingReason.FollowsLoad(tracking.Signal, signal.Value, signal.Kept, signal.Load, fleet.Current, desired)),
        };

    private static ScalingReason Surviving(LossToSurvive loss, ScalingReason reason) =>
        loss == LossToSurvive.Nothing ? reason : new ScalingReason.Surviving(reason, loss);

    private static int Instances(double load, double target) =>
        (int)Math.Clamp(Math.Ceiling((load / target) - Epsilon), 1, 1_000_000);

    private static ScalingCounterfactual Counterfactual(TargetTrackingPolicy tracking, double value, double reporting, (int Current, LossToSurvive Loss) fleet)
    {
        var (current, loss) = fleet;
        var instances = Math.Max(1, reporting);
        var silent = Math.Max(0, current - reporting);
        var outLoad = loss.Survivors(Math.Max(1, current)) * tracking.Target * (1 + tracking.ToleranceOut);
        var inLoad = Math.Min(
            loss.Survivors(current) * tracking.Target * (1 - tracking.ToleranceIn), loss.Survivors(Math.Max(0, current - 1)) * tracking.Target);
        return new ScalingCounterfactual(
            tracking.Signal, value, outLoad / instances, Math.Max(0, (inLoad - (silent * tracking.Target)) / instances));
    }
}
