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

        if (Need(context, schedule, schedule.Lead + PredictiveSchedule.Step) is { } need && need.Instances > decision.Wanted && need.Instances > decision.Current)
        {
            return Raise(decision, need.Instances, new ScalingReason.Predicted(decision.Reason, decision.Wanted, need.Step, need.Instances, schedule.Quantile, schedule.Model));
        }

        return decision.Wanted < decision.Current
            && Need(context, schedule, (2 * schedule.Lead) + PredictiveSchedule.Step + context.Horizontal.ScaleIn.Cooldown) is { } later && later.Instances > decision.Wanted
            ? Raise(decision, Math.Min(decision.Current, later.Instances), new ScalingReason.KeptForForecast(decision.Reason, decision.Wanted, later.Step, later.Instances, schedule.Quantile, schedule.Model))
            : decision;
    }

    private static (PredictedStep Step, int Instances)? Need(ScalingContext context, PredictiveSchedule schedule, TimeSpan ahead) =>
        schedule.Highest(context.Now, context.Now + ahead) is { } step ? (step, context.Loss.Needed(step.Instances)) : null;

    private static ScalingDecision Raise(ScalingDecision decision, int instances, ScalingReason reason) =>
        decision with { Wanted = instances, Desired = instances, Reason = reason };
}
