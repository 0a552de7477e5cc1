using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What an evaluation makes of the steps of budgets.</summary>
internal static class BudgetUse
{
    /// <summary>Machines start in minutes; what takes longer is refused, or held.</summary>
    private static readonly TimeSpan BackWithin = TimeSpan.FromMinutes(30);

    /// <summary>
    /// The measures of a target. One that is critical, or that a person gave a minimum for a while, does not stand down; a critical one
    /// keeps its size, too.
    /// </summary>
    public static IReadOnlyList<BudgetMeasure> InForce(TickContext tick, ObservedTarget target, TargetPolicies.Resolved policies, TargetRow row)
    {
        var measures = BudgetMeasures.Of(tick.Budgets, target, tick.Now);
        return measures.Count > 0 && (policies.Workload.IsCritical || (row.Override is { Minimum: > 0 } given && given.IsActive(tick.Now)))
            ? [.. measures.Where(measure => measure is not BudgetMeasure.StandDown && (measure is not BudgetMeasure.CheaperSize || !policies.Workload.IsCritical))]
            : measures;
    }

    /// <summary>The step that keeps a target from so many instances; empty when none does. What is critical gets what it needs whatever the budget.</summary>
    public static string HeldBy(TickContext tick, ObservedTarget target, TargetPolicies.Resolved policies, TargetRow row, int instances)
    {
        var holds = policies.Workload.IsCritical ? null : InForce(tick, target, policies, row).FirstOrDefault(measure => measure switch
        {
            BudgetMeasure.LowerMaximum lower => lower.Rule.Lowered(policies.Horizontal.Maximum, policies.Horizontal.Minimum) < instances,
            BudgetMeasure.Freeze => policies.Horizontal.Minimum < instances,
            BudgetMeasure.StandDown => true,
            _ => false,
        });
        return holds is null ? "" : $"the step {holds.Step} of the budget {holds.Budget}";
    }

    /// <summary>
    /// The row as it goes into the write of an action: with what there was, when a budget takes it. So no crash can lose it, and nothing
    /// is remembered that was not taken.
    /// </summary>
    public static TargetRow Remember(TargetRow row, SurveyItem item, TargetEvaluation evaluation, TickContext tick) =>
        evaluation.Outcome is PlanOutcome.Planned { Plan: { IsLowering: true } plan }
            && InForce(tick, item.Target, item.Policies, row).OfType<BudgetMeasure.StandDown>().FirstOrDefault() is { } down
            ? row with { Budget = BudgetStand.Take(row.Budget, down, item.Target.Capacity, plan.Goal, tick.Now) }
            : row;

    /// <summary>The row with what is still to be given back.</summary>
    public static TargetRow See(TargetRow row, SurveyItem item, TickContext tick)
    {
        var (target, policies) = (item.Target, item.Policies);
        var measures = InForce(tick, target, policies, row);
        var stand = BudgetStand.See(
            row.Budget, measures, target.Capacity, tick.Now,
            row.Budget is not null && OffTurns.Of(target, policies, row, item.Use, item.Idle, tick).Wish is OffWish.Lower,
            tick.Stop is not WriteStop.None || (row.Pause is { } pause && pause.IsActive(tick.Now)));
        var seen = stand == row.Budget ? row : row with { Budget = stand, Off = Owed(row, stand, target, tick.Now) };
        return BudgetSizes.See(seen, measures.OfType<BudgetMeasure.CheaperSize>().FirstOrDefault(), target, tick.Now);
    }

    /// <summary>A machine that is back with another size gets its own again after the next off-hours, whose other size it is.</summary>
    private static OffMemory? Owed(TargetRow row, BudgetStand? stand, ObservedTarget target, DateTimeOffset now) =>
        stand is null && row is { Off: null, Budget: { OwnSize: { } own } before } && target.Capacity >= before.Instances && !string.Equals(own, target.Sku, StringComparison.OrdinalIgnoreCase)
            ? new OffMemory(now, before.Instances, own, Goal: 0, now) { OwesSize = true }
            : row.Off;

    /// <summary>
    /// The bounds with a maximum that budgets lowered, never below the policy's own minimum, nor below what a critical workload needs;
    /// a floor of the clock is cut to it.
    /// </summary>
    public static (HorizontalScalingPolicy Bounds, int? Maximum) Bounded(
        HorizontalScalingPolicy bounds, TargetPolicies.Resolved policies, IReadOnlyList<BudgetMeasure> measures, int? need)
    {
        var (policy, isCritical) = (policies.Horizontal, policies.Workload.IsCritical);
        var lowest = measures.OfType<BudgetMeasure.LowerMaximum>().Select(measure => (int?)measure.Rule.Lowered(policy.Maximum, policy.Minimum)).Min();
        if (lowest is not { } lowered || (isCritical && need is null) || Math.Max(lowered, isCritical ? need!.Value : 0) is var maximum && maximum >= bounds.Maximum)
        {
            return (bounds, null);
        }

        var floor = bounds.Floor is { } held && held.Minimum > maximum ? held with { Minimum = maximum } : bounds.Floor;
        return (bounds with { Maximum = maximum, Minimum = Math.Min(bounds.Minimum, maximum), Floor = floor }, maximum);
    }

    /// <summary>As few instances as the platform allows, whatever the load.</summary>
    public static HorizontalScalingPolicy Down(HorizontalScalingPolicy bounds, ObservedTarget target) =>
        bounds with { Minimum = Math.Min(bounds.Maximum, target.Least?.Instances ?? 0), Floor = null, FollowsSchedule = true };

    /// <summary>What a budget took is a floor until it is back.</summary>
    public static HorizontalScalingPolicy Restored(HorizontalScalingPolicy bounds, BudgetStand? stand)
    {
        if (stand is not { RestoresUntil: { } until, GivenUpAt: null } || Math.Min(stand.Instances, bounds.Maximum) is var instances && instances <= bounds.Minimum)
        {
            return bounds;
        }

        return bounds with { Minimum = instances, Floor = new ActiveFloor(instances, until, $"what there was before the step {stand.Step} of the budget {stand.Budget}") };
    }

    /// <summary>Whether what a budget took should be back by now, and is not.</summary>
    public static bool IsLate(TargetRow row, DateTimeOffset now) =>
        IsMissed(row) && row.Budget is { RestoresSince: { } since, GivenUpAt: null } && now - since >= BackWithin;

    /// <summary>Whether it is not asked for any more.</summary>
    public static bool IsGivenUp(TargetRow row) => IsMissed(row) && row.Budget!.GivenUpAt is not null;

    public static string LateText(TargetRow row)
    {
        var stand = row.Budget!;
        var (step, there) = ($"the step {stand.Step} of the budget {stand.Budget}", $"there are {row.LastKnownCapacity} of {stand.Instances} instances");
        return stand.GivenUpAt is not null
            ? $"{row.Target.Name} did not come back after {step}: {there}, and it is not tried any more; a person has to look"
            : $"{row.Target.Name} is not back after {step}: {there}. It is tried until {stand.RestoresUntil!.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC; please look";
    }

    private static bool IsMissed(TargetRow row) => row.Budget is { RestoresSince: not null } stand && row.LastKnownCapacity < stand.Instances;

    /// <summary>Instances that the forecast needs soon; absent when there is none that may act.</summary>
    public static int? Need(PredictiveSchedule? acting, LossToSurvive loss, DateTimeOffset now) =>
        acting?.Highest(now, now + acting.Lead + PredictiveSchedule.Step) is { } step ? loss.Needed(step.Instances) : null;

    /// <summary>Whether nothing may be added, and what is left to the target all the same.</summary>
    public static BudgetFreeze? Freeze(
        IReadOnlyList<BudgetMeasure> measures, TargetPolicies.Resolved policies, TargetRow row, BoundsOverride? given, int? need)
    {
        if (measures.OfType<BudgetMeasure.Freeze>().FirstOrDefault() is not { } freeze)
        {
            return null;
        }

        var minimum = Math.Max(policies.Horizontal.Minimum, given?.Minimum ?? 0);
        var restored = row.Budget is { RestoresSince: not null, GivenUpAt: null } stand ? stand.Instances : 0;
        return new BudgetFreeze(freeze.Budget, freeze.Step, Math.Max(minimum, restored), policies.Workload.IsCritical, need);
    }

    /// <summary>Says which step is behind what was decided.</summary>
    public static ScalingDecision Tell(IReadOnlyList<BudgetMeasure> measures, int? maximum, ScalingDecision decision)
    {
        var behind = measures.FirstOrDefault(measure => measure is BudgetMeasure.StandDown)
            ?? (IsBounded(decision.Reason, maximum) ? measures.FirstOrDefault(measure => measure is BudgetMeasure.LowerMaximum) : null);
        return behind is null ? decision : decision with { Reason = new ScalingReason.UnderBudget(decision.Reason, behind.Budget, behind.Step) };
    }

    private static bool IsBounded(ScalingReason reason, int? maximum) => maximum is not null
        && (reason is ScalingReason.AboveMaximum above ? above.Maximum == maximum : reason is ScalingReason.Bounded bounded && bounded.Bound == maximum && bounded.Wanted > maximum);
}
