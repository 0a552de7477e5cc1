using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>Makes a decision one of the capacities there are: the next one that carries what is wanted.</summary>
public static class SteppedDecision
{
    /// <param name="decision">What is wanted.</param>
    /// <param name="range">The capacities there are; absent where every number is one.</param>
    public static ScalingDecision Of(ScalingDecision decision, CapacityRange? range)
    {
        if (range is null || decision.Desired == decision.Current || range.Carrying(decision.Desired) is var step && step == decision.Desired)
        {
            return decision;
        }

        // Up and past it again would be a change the other way round.
        var desired = decision.Desired < decision.Current ? Math.Min(step, decision.Current) : Math.Max(step, decision.Current);
        return decision with { Desired = desired, Reason = new ScalingReason.Stepped(decision.Reason, decision.Desired, desired) };
    }
}
