using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What may be taken back by hand, and what is asked for then.</summary>
internal static class Rollbacks
{
    /// <summary>Nothing is lost by keeping instances for an hour, and whoever took a lowering back wants time to find out why it came.</summary>
    private static readonly TimeSpan LoweringsHeld = TimeSpan.FromHours(1);

    /// <summary>Load may really come: long enough to mend a metric or to pause the target, not longer.</summary>
    private static readonly TimeSpan RaisesHeld = TimeSpan.FromMinutes(15);

    /// <summary>Longer than this is for a policy, an override or a pause.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromHours(24);

    public static readonly TimeSpan ShortestHold = TimeSpan.FromMinutes(1);

    /// <summary>Whether the action added instances, so that taking it back holds raises.</summary>
    public static bool WasRaise(Intent intent) => intent.AddsInstances();

    public static TimeSpan HoldFor(Intent intent, TimeSpan? asked) => asked ?? (WasRaise(intent) ? RaisesHeld : LoweringsHeld);

    /// <summary>Why it is not taken back, whatever the guards say; empty when nothing stands against it.</summary>
    public static IReadOnlyList<string> WhyNot(PastAction action, TargetRow row, ObservedTarget target, bool isSteered)
    {
        var intent = action.Intent;
        if (!intent.ChangesCount)
        {
            return ["only counts are taken back by hand; a size goes back by itself when instances become unwell, else ask for the old one in its policy"];
        }

        if (intent.Setting is { } setting)
        {
            return [$"it put a floor into the autoscale setting {setting.Name}, which ends by itself within half an hour of the last renewal: pause the target, and it is not renewed"];
        }

        if (action.End is null)
        {
            return [$"action {intent.Epoch} is still under way; wait for its end"];
        }

        if (action.IsWithoutEffect)
        {
            return [$"action {intent.Epoch} ended as {action.End}: it changed nothing, so there is nothing to take back"];
        }

        List<string> reasons = [];
        if (isSteered)
        {
            reasons.Add("Azure's own autoscale sets the count now, and would set it again");
        }

        // Earlier tries to take the same one back may have come part of the way only.
        if (action.Later.LastOrDefault(later => !later.IsWithoutEffect && later.Intent.Undoes?.Epoch != intent.Epoch) is { } newer)
        {
            reasons.Add($"action {newer.Intent.Epoch} is newer ({IntentTransitions.Change(newer.Intent)}); take that back first, or set the count by an override");
        }

        if (action.End == nameof(IntentEnd.Overtaken))
        {
            reasons.Add("somebody else changed the resource before it ended, so what was before is not known to be right");
        }

        if (action.Drift is { } drift)
        {
            reasons.Add($"somebody else changed it since: {drift}");
        }
        else if (row.LastKnownCapacity is { } known && known != target.Capacity)
        {
            reasons.Add($"somebody else changed it since: there are {target.Capacity} instances, not {known}");
        }

        if (reasons.Count == 0 && target.Capacity == intent.Base.Capacity)
        {
            reasons.Add($"there are {target.Capacity} instances, as before it");
        }

        return reasons;
    }

    /// <summary>What the person decided, as the guards see it.</summary>
    public static ScalingDecision Decide(Intent intent, RollbackRequest request, TargetEvaluation evaluation) => new()
    {
        Current = evaluation.Target.Capacity,
        Wanted = intent.Base.Capacity,
        Desired = intent.Base.Capacity,
        Reason = new ScalingReason.TakenBack(intent.Epoch, intent.Base.Capacity, intent.Goal, request.By, request.Reason),
        AllowsScaleIn = true,
        Projections = evaluation.Outcome.Decision.Projections,
        Counterfactuals = evaluation.Outcome.Decision.Counterfactuals,
    };
}
