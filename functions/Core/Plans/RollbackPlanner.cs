using ScaleFunctions.Core.Decisions.Scaling;

namespace ScaleFunctions.Core.Plans;

/// <summary>
/// Takes a change that a person asks for, back to what was before, through the guards. Those that only say that it may not be wise
/// warn; what bounds everybody holds a person too.
/// </summary>
public static class RollbackPlanner
{
    /// <summary>What becomes of it; a plan carries the warnings among its notes.</summary>
    public static (PlanOutcome Outcome, IReadOnlyList<GuardReason> Warnings) Plan(ScalingDecision decision, PlanContext context)
    {
        var outcome = Planner.Plan(decision, context, PlanGuards.OfRollbacks);
        if (outcome is not PlanOutcome.Planned { Plan: var plan })
        {
            return (outcome, []);
        }

        var draft = new PlanDraft(decision, plan.Goal);
        List<GuardReason> warnings = [.. PlanGuards.WarningsOfRollbacks.Select(guard => guard.Check(draft, context)).Select(Reason).OfType<GuardReason>()];
        return (new PlanOutcome.Planned(plan with { Notes = [.. plan.Notes, .. warnings] }), warnings);
    }

    private static GuardReason? Reason(GuardVerdict verdict) => verdict switch
    {
        GuardVerdict.Block block => block.Reason,
        GuardVerdict.Limit limit => limit.Reason,
        _ => null,
    };
}
