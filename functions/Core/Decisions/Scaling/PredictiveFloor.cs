using ScaleFunctions.Core.Forecasts.Schedules;

namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>
/// Raises what is wanted to what the load will need when instances that are asked for now serve. A forecast is a floor: it
/// never lowers what the load asks for, and it keeps an instance that would be needed again before another could boot.
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

        var most = Math.Max(decision.Current, decision.Wanted);
        if (Need(context, schedule, schedule.Lead + PredictiveSchedule.Step) is { } need && need.Instances > most)
        {
            return Raise(decision, need.Instances, new ScalingReason.Predicted(decision.Reason, decision.Wanted, need.Step, need.Instances, schedule.Quantile, schedule.Model));
        }

        return decision.Wanted < decision.Current ? Keep(decision, schedule, context) : decision;
    }

    // Kept is what carries the load at the target, as scaling in leaves it: at the end of the tolerance the next small rise would raise again.
    private static ScalingDecision Keep(ScalingDecision decision, PredictiveSchedule schedule, ScalingContext context)
    {
        var target = context.LoadBased?.TargetTracking.FirstOrDefault(tracking => tracking.Signal == schedule.Signal)?.Target ?? schedule.LoadPerInstance;
        var until = context.Now + (2 * schedule.Lead) + PredictiveSchedule.Step + context.Horizontal.ScaleIn.Cooldown;
        return schedule.Highest(context.Now, until) is { } step
            && context.Loss.Needed((int)Math.Clamp(Math.Ceiling((step.Upper / target) - 1e-9), 1, 1_000_000)) is var kept && kept > decision.Wanted
            ? Raise(
                decision, Math.Min(decision.Current, kept),
                new ScalingReason.KeptForForecast(decision.Reason, decision.Wanted, step, kept, schedule.Quantile, schedule.Model))
            : decision;
    }

    private static (PredictedStep Step, int Instances)? Need(ScalingContext context, PredictiveSchedule schedule, TimeSpan ahead) =>
        schedule.Highest(context.Now, context.Now + ahead) is { } step ? (step, context.Loss.Needed(step.Instances)) : null;

    private static ScalingDecision Raise(ScalingDecision decision, int instances, ScalingReason reason) =>
        decision with { Wanted = instances, Desired = instances, Reason = reason };
}
