using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Plans;

/// <summary>
/// Makes a plan for a floor of a plan for a count, where Azure's own autoscale is steered. More instances are asked for by a
/// higher floor; for fewer the floor is lowered, at most to what the setting has without us, and Azure's rules do the rest. In
/// between a floor is kept up, because it ends by itself: as long as we live, and nobody stops us.
/// </summary>
/// <example>
/// The setting's own profile has 2 to 20 instances:
/// <code>
/// wanted   there are   floor   becomes
///      6           4       2   6        Azure adds two
///      6           4       6   6        nothing is written: it is on its way
///      8          10      10   8        Azure's rules decide when two may go
///      8          10       4   4        nothing is written: the load keeps them, not we
///      1           4       3   2        the setting's own minimum; our profile goes
/// </code>
/// </example>
internal static class FloorPlans
{
    /// <summary>A floor with less than this left is renewed.</summary>
    public static readonly TimeSpan RenewedBefore = TimeSpan.FromMinutes(20);

    /// <summary>A floor that ended longer ago is nobody's wish any more: whoever wanted it was not there.</summary>
    public static readonly TimeSpan TakenUpWithin = TimeSpan.FromMinutes(5);

    /// <summary>What may keep a floor from being renewed: people, a lock, an action under way, the mode, and that Azure refuses it. Doubt, freezes and pace are about changes.</summary>
    private static readonly IReadOnlyList<IPlanGuard> RenewalGuards = [new StopGuard(), new LockGuard(), new InFlightGuard(), new ModeGuard(), new PermissionGuard(), new RefusalGuard()];

    public static PlanOutcome Of(PlanOutcome outcome, PlanContext context, NativeAutoscale.Steerable native)
    {
        var floor = native.InForce(context.Now);
        if (outcome is PlanOutcome.Planned { Plan: var plan } && Goal(plan, floor, native) is { } goal)
        {
            return new PlanOutcome.Planned(plan with { Setting = native.Setting, From = floor, Goal = goal });
        }

        return Renewal(outcome, context, native, floor) ?? (outcome is PlanOutcome.Planned { Plan: var moot } ? Held(moot, native, floor) : outcome);
    }

    /// <summary>The floor to write; null when the one in force serves.</summary>
    private static int? Goal(Plan plan, int floor, NativeAutoscale.Steerable native) =>
        plan.IsRaise
            ? plan.Goal > floor ? plan.Goal : null
            : floor > Math.Max(plan.Goal, native.Minimum) ? Math.Max(plan.Goal, native.Minimum) : null;

    private static PlanOutcome.Planned? Renewal(PlanOutcome outcome, PlanContext context, NativeAutoscale.Steerable native, int floor)
    {
        if ((Due(context, native) ? floor : TakenUp(outcome, context, native)) is not { } goal)
        {
            return null;
        }

        var draft = new PlanDraft(outcome.Decision, outcome.Decision.Current);
        return RenewalGuards.All(guard => guard.Check(draft, context) is GuardVerdict.Pass)
            ? new PlanOutcome.Planned(new Plan
            {
                Target = context.Target.Id,
                Setting = native.Setting,
                From = floor,
                Goal = Math.Clamp(goal, native.Minimum, native.Maximum),
                TakesUp = native.Floor is null,
                ExpiresAt = context.Now + context.Lifetime,
                Decision = outcome.Decision,
                Limits = [],
            })
            : null;
    }

    /// <summary>Whether ours would end soon, or is a copy that is not right any more. One that ends with the profile of its owner cannot last longer.</summary>
    private static bool Due(PlanContext context, NativeAutoscale.Steerable native) =>
        native.Floor is { } ours && context.Now < ours.Until
        && (!ours.IsCurrent || (ours.Until - context.Now < RenewedBefore && !(ours.Until >= native.NextChange)));

    /// <summary>The floor to put back: ours, which ended with the profile it was a copy of, unless fewer are wanted by now.</summary>
    private static int? TakenUp(PlanOutcome outcome, PlanContext context, NativeAutoscale.Steerable native)
    {
        if (native.Lapsed is not { } lapsed || context.Now >= lapsed.Until + TakenUpWithin)
        {
            return null;
        }

        var wanted = outcome is PlanOutcome.Planned { Plan: { IsLowering: true, Goal: var fewer } } ? Math.Min(lapsed.Minimum, fewer) : lapsed.Minimum;
        return wanted > native.Minimum ? wanted : null;
    }

    private static PlanOutcome.Held Held(Plan plan, NativeAutoscale.Steerable native, int floor) => new(
        plan.Decision, plan.Goal, new GuardVerdict.Block(nameof(FloorPlans), plan.IsRaise
            ? new GuardReason.FloorInForce(floor, native.Setting.Name)
            : new GuardReason.LeftToAutoscale(floor, native.Setting.Name)));
}
