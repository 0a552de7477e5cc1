using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Plans;

/// <summary>A target whose count or size a tick would write, or would if it was not for the kill switch.</summary>
/// <param name="Target">It.</param>
/// <param name="From">Instances it has.</param>
/// <param name="To">Instances it should have; as before where a size is meant.</param>
/// <param name="Stopped">That the kill switch is set, by whom and why; absent when it is not.</param>
internal sealed record ApplyWish(TargetId Target, int From, int To, string? Stopped)
{
    /// <summary>Of all that were evaluated; those that are only observed are not among them, nor what another guard holds.</summary>
    public static IReadOnlyList<ApplyWish> Of(Rehearsal rehearsal) =>
    [
        .. rehearsal.Evaluations
            .Where(each => each.Outcome is PlanOutcome.Planned || each.Sizing?.Outcome is SizeOutcome.Planned)
            .Select(each => new ApplyWish(each.Target.Id, each.Outcome.Decision.Current, each.Goal, null)),
        .. rehearsal.Evaluations
            .Where(each => each.Outcome is not PlanOutcome.Planned && each.Sizing?.Outcome is not SizeOutcome.Planned)
            .Select(each => (Evaluation: each, Why: Stop(each)))
            .Where(each => each.Why is not null)
            .Select(each => new ApplyWish(each.Evaluation.Target.Id, each.Evaluation.Outcome.Decision.Current, each.Evaluation.Goal, each.Why)),
    ];

    private static string? Stop(TargetEvaluation evaluation) =>
        IsSwitch((evaluation.Outcome as PlanOutcome.Held)?.Why) ? OutcomeText.Reason(evaluation.Outcome)
        : evaluation.Sizing is { Outcome: SizeOutcome.Held held } sizing && IsSwitch(held.Why) ? PlanSizeLine.Of(sizing).Reason
        : null;

    private static bool IsSwitch(GuardVerdict.Block? why) => why?.Reason is GuardReason.KillSwitchSet or GuardReason.KillSwitchUnreadable;
}
