using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Makes the report of an evaluation.</summary>
internal static class TargetReports
{
    public static TargetReport Of(TargetEvaluation evaluation, DecisionSpan span, TargetRow before, bool isSent, string note) => new()
    {
        Target = evaluation.Target.Id,
        At = span.Until,
        Current = span.Current,
        Goal = span.Desired,
        Kind = Kind(evaluation.Outcome, isSent, note),
        Text = span.Reason,
        Counterfactual = span.Counterfactual,
        IsRepetition = (!isSent || evaluation.Outcome is PlanOutcome.Planned { Plan.IsRenewal: true }) && before.Spans.Count > 0 && before.Spans[^1].Case == span.Case,
    };

    /// <summary>What is told of a size: what was asked for, and what would be whenever that changes. One that stays is told by nobody.</summary>
    public static IEnumerable<TargetReport> Of(TargetEvaluation evaluation, SizeTurns.Result? sizing, TargetRow before)
    {
        if (sizing is null || !sizing.Evaluation.Outcome.Decision.IsChange)
        {
            yield break;
        }

        yield return new TargetReport
        {
            Target = evaluation.Target.Id,
            At = sizing.Evaluation.At,
            Current = evaluation.Target.Capacity,
            Goal = evaluation.Target.Capacity,
            Kind = !sizing.IsSent ? ReportKind.Held : sizing.Evaluation.Note.Length > 0 ? ReportKind.ActionFailed : ReportKind.Resized,
            Text = sizing.Evaluation.Text,
            IsOfSize = true,
            IsRepetition = !sizing.IsSent && before.Sizing?.Case == sizing.Evaluation.Standing.Case,
        };
    }

    /// <summary>What happened by off-hours; mostly nothing does.</summary>
    public static IEnumerable<TargetReport> OfOffHours(TargetEvaluation evaluation)
    {
        if (evaluation.Off.Told.Length > 0)
        {
            yield return new TargetReport
            {
                Target = evaluation.Target.Id,
                At = evaluation.Context.Now,
                Current = evaluation.Target.Capacity,
                Goal = evaluation.Goal,
                Kind = evaluation.Off.IsAlarm ? ReportKind.Error : ReportKind.Rested,
                Text = evaluation.Off is { IsAlarm: true } && evaluation.Outcome is PlanOutcome.Held held
                    ? $"{evaluation.Off.Told}: {ReasonText.Of(held.Why.Reason)}"
                    : evaluation.Off.Told,
            };
        }
    }

    /// <summary>How an action ended.</summary>
    public static TargetReport Of(TargetRow row, Intent intent, IntentEnd end, DateTimeOffset now) => new()
    {
        Target = row.Target,
        At = now,
        Current = intent.Base.Capacity,
        Goal = intent.Goal,
        Kind = end is IntentEnd.Done ? ReportKind.Settled : ReportKind.ActionFailed,
        Text = ReasonText.Of(end),
    };

    /// <summary>What a check found.</summary>
    public static TargetReport Of(TargetRow row, PendingCheck? check, CheckEnd end, DateTimeOffset now) => new()
    {
        Target = row.Target,
        At = now,
        Current = check?.From ?? row.LastKnownCapacity ?? 0,
        Goal = check?.Goal ?? row.LastKnownCapacity ?? 0,
        Kind = end is CheckEnd.Arrived or CheckEnd.Superseded ? ReportKind.Settled : ReportKind.ActionFailed,
        Text = ReasonText.Of(end),
    };

    /// <summary>What became of a look at a roll-out.</summary>
    public static TargetReport Of(TargetRow row, RollOutRunner.Look look, DateTimeOffset now) => new()
    {
        Target = row.Target,
        At = now,
        Current = row.LastKnownCapacity ?? 0,
        Goal = row.LastKnownCapacity ?? 0,
        Kind = look.End switch
        {
            null => look.IsFailed ? ReportKind.ActionFailed : look.IsSent ? ReportKind.Resized : ReportKind.Held,
            RollOutEnd.Well or RollOutEnd.Unverified or RollOutEnd.Undone => ReportKind.RolledOut,
            _ => ReportKind.ActionFailed,
        },
        Text = look.End is { } end ? ReasonText.Of(end) : look.Text,
        IsOfSize = true,
    };

    /// <summary>A target that could not be evaluated.</summary>
    public static TargetReport Broken(TargetId target, int capacity, DateTimeOffset now, string text) => new()
    {
        Target = target,
        At = now,
        Current = capacity,
        Goal = capacity,
        Kind = ReportKind.Error,
        Text = text,
    };

    /// <summary>A target whose turn threw, which is a fault of ours or of what it was read from.</summary>
    public static TargetReport Broken(TargetId target, int capacity, DateTimeOffset now, Exception exception) =>
        Broken(target, capacity, now, $"{exception.GetType().Name}: {exception.Message}");

    private static ReportKind Kind(PlanOutcome outcome, bool isSent, string note) => outcome switch
    {
        PlanOutcome.Unchanged => ReportKind.Hold,
        PlanOutcome.Planned when isSent && note.Length > 0 => ReportKind.ActionFailed,
        PlanOutcome.Planned { Plan.IsRenewal: true } when isSent => ReportKind.Hold,
        PlanOutcome.Planned planned when isSent => planned.Plan.IsRaise ? ReportKind.ScaledOut : ReportKind.ScaledIn,
        _ => ReportKind.Held,
    };
}
