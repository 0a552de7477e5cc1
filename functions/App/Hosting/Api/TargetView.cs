using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>How one target stands.</summary>
internal sealed record TargetView
{
    /// <summary>The case of a target that is not evaluated, because somebody else sets its capacity.</summary>
    public const string LeftAloneCase = "left-alone";

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required int? Current { get; init; }

    /// <summary>Instances wanted at the last evaluation; absent before the first.</summary>
    public required int? Desired { get; init; }

    public required DateTimeOffset? EvaluatedAt { get; init; }

    public required DateTimeOffset? NextEvaluationAt { get; init; }

    /// <summary>The case of the last decision, for programs: <c>scale-out</c>, <c>hold/…</c>, <c>held/{guard}/…</c>; empty before the first.</summary>
    public required string Case { get; init; }

    /// <summary>Mode, bounds and signals at the last evaluation; absent before the first.</summary>
    public required TargetStanding? Standing { get; init; }

    /// <summary>Who decides on the capacity: us, or nobody of ours when the target is only observed.</summary>
    public required string Owner { get; init; }

    public required string Reason { get; init; }

    public required string Counterfactual { get; init; }

    public required long Actions { get; init; }

    /// <summary>The open action's phase and goal; absent when there is none.</summary>
    public required string? OpenAction { get; init; }

    /// <summary>What is still to be seen after the last action; absent when there is nothing.</summary>
    public required PendingCheck? Check { get; init; }

    /// <summary>What was last decided on the size; absent where no policy says which it may be.</summary>
    public SizeStanding? Sizing { get; init; }

    /// <summary>The size that is being brought to the instances; absent when none is.</summary>
    public string? RollsOut { get; init; }

    /// <summary>That instances were taken away on purpose; absent when none were.</summary>
    public RestView? Rest { get; init; }

    /// <summary>That a budget gave it a cheaper size; absent when none did.</summary>
    public BudgetSize? BudgetSize { get; init; }

    /// <summary>Whether its load is forecast: it is rehearsed for fewer days then.</summary>
    public bool IsPredictive { get; init; }

    public required TargetPause? Pause { get; init; }

    /// <summary>The direction that rests since a person took a change of it back; absent when none does.</summary>
    public DirectionHold? Hold { get; init; }

    /// <summary>That nothing is changed until somebody resumes it, after too many failed actions; absent when it is not so.</summary>
    public TargetQuarantine? Quarantine { get; init; }

    /// <summary>Other bounds a person gave for a while; absent when the policy's hold.</summary>
    public required BoundsOverride? Override { get; init; }

    /// <summary>Hash of the set of policies that decides on it, which is another one for each ring while a set is rolled out; absent before the first evaluation.</summary>
    public string? PolicyVersion { get; init; }

    /// <summary>The latest decisions, oldest first; only where one target is asked for.</summary>
    public IReadOnlyList<DecisionSpan>? Decisions { get; init; }

    /// <summary>How a target stands.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="now">The time.</param>
    /// <param name="interval">Time between evaluations.</param>
    /// <param name="owner">Who sets its capacity, when the last inventory found that somebody else does: nothing is evaluated then.</param>
    public static TargetView Of(TargetRow row, DateTimeOffset now, TimeSpan interval, CapacityOwner? owner = null)
    {
        var last = row.Spans.Count > 0 ? row.Spans[^1] : null;
        return new TargetView
        {
            Id = row.Target.Value,
            Name = row.Target.Name,
            Current = row.LastKnownCapacity,
            Desired = last?.Desired,
            EvaluatedAt = row.EvaluatedAt,
            NextEvaluationAt = owner is null ? row.EvaluatedAt + interval : null,
            Case = owner is null ? last?.Case ?? "" : LeftAloneCase,
            Standing = row.Standing,
            Owner = (owner ?? ResetSuspicion.Of(row.Resets, now))?.Name ?? (row.Standing is { Mode: PolicyMode.Act } ? "ScaleFunctions" : "not us"),
            Reason = owner is null ? last?.Reason ?? "" : $"left alone: {owner.Why}",
            Counterfactual = last?.Counterfactual ?? "",
            Actions = row.Epoch,
            OpenAction = row.Intent is { } intent ? $"{intent.Phase}: {(intent.Setting is null ? "" : "floor ")}{(intent.ChangesCount ? $"{intent.Base.Capacity} → {intent.Goal}" : IntentTransitions.Change(intent))}" : null,
            Sizing = row.Sizing,
            RollsOut = row.RollOut?.To,
            Rest = owner is null ? RestView.Of(row) : null,
            BudgetSize = owner is null && row.BudgetSize is { IsReleased: false } lowered ? lowered : null,
            IsPredictive = row.Load is not null,
            Check = row.Check,
            Override = row.Override is { } given && given.IsActive(now) ? given : null,
            Hold = row.Hold is { } hold && hold.IsActive(now) ? hold : null,
            Quarantine = row.Quarantine,
            PolicyVersion = row.Trial?.Version,
            Pause = row.Pause is { } pause && pause.IsActive(now) ? pause : null,
        };
    }
}
