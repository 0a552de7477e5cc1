using ScaleFunctions.Core.Forecasts.Schedules;

namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>
/// Raises what is wanted to what the load will need when instances that are asked for now serve. A forecast is a floor: it
/// never lowers what the load asks for, and it keeps an instance that would be needed again before another could boot. Within
/// the tolerance of the signal it asks for nothing, as the load itself would not.
/// </summary>
/// <example>
/// Instances need 5 minutes to serve, the cooldown after scaling in is 5 minutes; 08:00, 6 instances:
/// <code>
/// wanted by the load   forecast until 08:10   until 08:20   wanted
///                  6                      9             9        9   they must be asked for now
///                  4                      5             5        5
///                  4                      4             6        6   given back now they could not be back in time
///                 10                      9             9       10
/// </code>
/// </example>
internal static class PredictiveFloor
{
    public static ScalingDecision Apply(ScalingDecision decision, ScalingContext context)
    {
        if (context.Schedule is not { } schedule || context.Now >= schedule.ExpiresAt || context.Horizontal.FollowsSchedule)
        {
            return decision;
        }

        var (target, loss) = (schedule.LoadPerInstance, context.Loss);
        var above = target * (1 + (context.LoadBased?.TargetTracking.FirstOrDefault(tracking => tracking.Signal == schedule.Signal)?.ToleranceOut ?? 0));
        var most = Math.Max(decision.Current, decision.Wanted);
        if (schedule.Highest(context.Now, context.Now + schedule.Lead + PredictiveSchedule.Step) is { } step
            && step.Upper > loss.Survivors(most) * above && loss.Needed(Instances(step.Upper, target)) is var need && need > most)
        {
            return Raise(decision, need, new ScalingReason.Predicted(decision.Reason, decision.Wanted, step, need, schedule.Quantile, schedule.Model));
        }

        var until = context.Now + (2 * schedule.Lead) + PredictiveSchedule.Step + context.Horizontal.ScaleIn.Cooldown;
        return decision.Wanted < decision.Current
            && schedule.Highest(context.Now, until) is { } later && loss.Needed(Instances(later.Upper, above)) is var kept && kept > decision.Wanted
            ? Raise(decision, Math.Min(decision.Current, kept), new ScalingReason.KeptForForecast(decision.Reason, decision.Wanted, later, kept, schedule.Quantile, schedule.Model))
            : decision;
    }

    private static int Instances(double load, double each) => (int)Math.Clamp(Math.Ceiling((load / each) - 1e-9), 1, 1_000_000);

    private static ScalingDecision Raise(ScalingDecision decision, int instances, ScalingReason reason) =>
        decision with { Wanted = instances, Desired = instances, Reason = reason };
}
