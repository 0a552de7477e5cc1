using ScaleFunctions.Core.Decisions.Usage;

namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>Makes one decision of all advice: out if any rule wants it, in only if all agree.</summary>
public static class ScalingDecisions
{
    public static ScalingDecision Decide(ScalingContext context) => Decide(context, DecisionRules.Scaling);

    public static ScalingDecision Decide(ScalingContext context, IReadOnlyList<IScalingRule> rules)
    {
        // What is stopped has no load, and what it was does not matter: who works on it is asked for otherwise.
        var advice = context.Off is OffWish.Lower { IsStop: true } ? [] : rules.SelectMany(rule => rule.Advise(context)).ToList();
        var decision = Bound(PredictiveFloor.Apply(Combine(advice, context), context), context);
        return Stabilization.Apply(decision, context) with
        {
            Counterfactuals = [.. advice.Select(each => each.Counterfactual).OfType<ScalingCounterfactual>()],
            Projections = [.. advice.Select(each => each.Projection).OfType<LoadProjection>()],
        };
    }

    private static ScalingDecision Combine(List<Advice> advice, ScalingContext context)
    {
        var current = context.Current;
        if (context.Horizontal.FollowsSchedule)
        {
            return Make(current, context.Horizontal.Minimum, new ScalingReason.FollowsSchedule(current, context.Horizontal.Minimum, context.Horizontal.Floor), allowsScaleIn: true);
        }

        if (advice.Count == 0 && context.Off is OffWish.Lower off && current > off.Instances)
        {
            return Make(current, off.Instances, new ScalingReason.OffHours(current, off.Instances, off.Since, off.Until, off.IsIdle), allowsScaleIn: true);
        }

        if (advice.Count == 0)
        {
            return Make(current, current, new ScalingReason.BoundsOnly(), allowsScaleIn: true);
        }

        var allowsScaleIn = advice.TrueForAll(each => each.AllowsScaleIn);
        var highest = advice.MaxBy(each => each.Desired)!;
        var blind = advice.Find(each => each.IsBlind);
        if (blind is not null && Doubt(blind.Reason) is { } doubt
            && context.Horizontal.WhenBlind is { } whenBlind && whenBlind > Math.Max(current, highest.Desired))
        {
            return Make(current, whenBlind, new ScalingReason.RaisedWhenBlind(doubt.Signal, doubt.Doubt, whenBlind), allowsScaleIn);
        }

        if (highest.Desired > current)
        {
            return Make(current, highest.Desired, highest.Reason, allowsScaleIn);
        }

        if (!allowsScaleIn)
        {
            var doubtful = advice.Find(each => !each.AllowsScaleIn)!;
            return Make(current, current, doubtful.Reason, allowsScaleIn);
        }

        // All agree to lower, by the least any of them wants.
        return Make(current, highest.Desired, highest.Reason, allowsScaleIn);
    }

    private static (string Signal, string Doubt)? Doubt(ScalingReason reason) => reason switch
    {
        ScalingReason.InDoubt doubt => (doubt.Signal, doubt.Doubt),
        ScalingReason.FellBack fallback => (fallback.Signal, fallback.Doubt),
        _ => null,
    };

    private static ScalingDecision Bound(ScalingDecision decision, ScalingContext context)
    {
        var (minimum, maximum) = (context.Horizontal.Minimum, context.Horizontal.Maximum);
        if (decision.Wanted < minimum)
        {
            return decision with
            {
                Wanted = minimum,
                Desired = minimum,
                Reason = (decision.Current < minimum, context.Horizontal.Floor) switch
                {
                    (true, { } floor) => new ScalingReason.BelowFloor(decision.Current, minimum, floor.Until, floor.Reason),
                    (true, null) => new ScalingReason.BelowMinimum(decision.Current, minimum),
                    (false, { } floor) => new ScalingReason.OnFloor(decision.Reason, decision.Wanted, minimum, floor.Until, floor.Reason),
                    (false, null) => new ScalingReason.Bounded(decision.Reason, decision.Wanted, minimum),
                },
            };
        }

        if (decision.Wanted <= maximum)
        {
            return decision;
        }

        if (decision.Current <= maximum)
        {
            return decision with
            {
                Wanted = maximum,
                Desired = maximum,
                Reason = new ScalingReason.Bounded(decision.Reason, decision.Wanted, maximum),
            };
        }

        // Above the maximum is lowered like anything else: with proof that fewer instances would do.
        var goal = decision.AllowsScaleIn ? maximum : decision.Current;
        return decision with
        {
            Wanted = goal,
            Desired = goal,
            Reason = new ScalingReason.AboveMaximum(decision.Current, maximum),
        };
    }

    private static ScalingDecision Make(int current, int desired, ScalingReason reason, bool allowsScaleIn) => new()
    {
        Current = current,
        Wanted = desired,
        Desired = desired,
        Reason = reason,
        AllowsScaleIn = allowsScaleIn,
    };
}
