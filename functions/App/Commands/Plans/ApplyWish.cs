using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
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
    public static IReadOnlyList<ApplyWish> Of(Rehearsal rehearsal, PolicySet policies) =>
    [
        .. rehearsal.Evaluations
            .Where(each => each.Outcome is PlanOutcome.Planned || each.Sizing?.Outcome is SizeOutcome.Planned)
            .Select(each => new ApplyWish(each.Target.Id, each.Outcome.Decision.Current, each.Goal, null)),
        .. rehearsal.Evaluations
            .Where(each => each.Outcome is not PlanOutcome.Planned && each.Sizing?.Outcome is not SizeOutcome.Planned)
            .Select(each => (Evaluation: each, Why: Stop(each, policies)))
            .Where(each => each.Why is not null)
            .Select(each => new ApplyWish(each.Evaluation.Target.Id, each.Evaluation.Outcome.Decision.Current, each.Evaluation.Goal, each.Why)),
    ];

    /// <summary>The switch is asked before the mode: what is only observed, or recommended, would not be done without it either.</summary>
    private static string? Stop(TargetEvaluation evaluation, PolicySet policies) => policies.For(evaluation.Target) switch
    {
        TargetPolicies.Resolved { Workload.Mode: PolicyMode.Act } when IsSwitch((evaluation.Outcome as PlanOutcome.Held)?.Why) => OutcomeText.Reason(evaluation.Outcome),
        TargetPolicies.Resolved { Workload.Mode: PolicyMode.Act } resolved
            when (resolved.Vertical?.Mode == SizeMode.Act || resolved.Rightsizing?.Mode == SizeMode.Act)
            && evaluation.Sizing is { Outcome: SizeOutcome.Held held } sizing && IsSwitch(held.Why) => PlanSizeLine.Of(sizing).Reason,
        _ => null,
    };

    private static bool IsSwitch(GuardVerdict.Block? why) => why?.Reason is GuardReason.KillSwitchSet or GuardReason.KillSwitchUnreadable;
}
