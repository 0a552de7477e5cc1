using ScaleFunctions.Core.Decisions.Scaling;

namespace ScaleFunctions.Core.Plans;

/// <summary>What becomes of a decision.</summary>
public abstract record PlanOutcome(ScalingDecision Decision)
{
    /// <summary>There is nothing to change.</summary>
    public sealed record Unchanged(ScalingDecision Decision) : PlanOutcome(Decision);

    /// <summary>A guard does not let the change happen now.</summary>
    /// <param name="Decision">The decision.</param>
    /// <param name="Goal">What would have been written.</param>
    /// <param name="Why">The guard and its reason.</param>
    public sealed record Held(ScalingDecision Decision, int Goal, GuardVerdict.Block Why) : PlanOutcome(Decision);

    public sealed record Planned(Plan Plan) : PlanOutcome(Plan.Decision);
}
