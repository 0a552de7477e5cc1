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
    /// <summary>The measures of a target. One that is critical, or that a person gave a minimum for a while, does not stand down.</summary>
    public static IReadOnlyList<BudgetMeasure> InForce(TickContext tick, ObservedTarget target, TargetPolicies.Resolved policies, TargetRow row)
    {
        var measures = BudgetMeasures.Of(tick.Budgets, target, tick.Now);
        return measures.Count > 0 && (policies.Workload.IsCritical || (row.Override is { Minimum: > 0 } given && given.IsActive(tick.Now)))
            ? [.. measures.Where(measure => measure is not BudgetMeasure.StandDown)]
            : measures;
    }

    /// <summary>The step that keeps a target from so many instances; empty when none does. What is critical gets what it needs whatever the budget.</summary>
    public static string HeldBy(TickContext tick, ObservedTarget target, TargetPolicies.Resolved policies, TargetRow row, int instances)
    {
        var holds = policies.Workload.IsCritical ? null : InForce(tick, target, policies, row).FirstOrDefault(measure => measure switch
        {
            BudgetMeasure.LowerMaximum lower => lower.Rule.Lowered(policies.Horizontal.Maximum, policies.Horizontal.Minimum) < instances,
            BudgetMeasure.Freeze => policies.Horizontal.Minimum < instances,
            _ => true,
        });
        return holds is null ? "" : $"the step {holds.Step} of the budget {holds.Budget}";
    }

    /// <summary>
    /// The row with what there was before a budget took it. It is written together with the intent to take it, so that no crash
    /// can lose it.
    /// </summary>
    public static TargetRow See(TargetRow row, SurveyItem item, TickContext tick)
    {
        var (target, policies) = (item.Target, item.Policies);
        var stand = BudgetStand.See(
            row.Budget, InForce(tick, target, policies, row), target.Capacity, tick.Now,
            row.Budget is not null && OffTurns.Of(target, policies, row, item.Use, tick).Wish is OffWish.Lower,
            tick.Stop is not WriteStop.None || (row.Pause is { } pause && pause.IsActive(tick.Now)));
        return stand == row.Budget ? row : row with { Budget = stand };
    }

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
        if (stand?.RestoresUntil is not { } until || Math.Min(stand.Instances, bounds.Maximum) is var instances && instances <= bounds.Minimum)
        {
            return bounds;
        }

        return bounds with { Minimum = instances, Floor = new ActiveFloor(instances, until, $"what there was before the step {stand.Step} of the budget {stand.Budget}") };
    }

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
        var restored = row.Budget is { RestoresSince: not null } stand ? stand.Instances : 0;
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
