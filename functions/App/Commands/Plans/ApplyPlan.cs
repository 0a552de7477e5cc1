using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Plans;

/// <summary>What is shown before anything is done.</summary>
/// <param name="Sheet">What a tick would come to.</param>
/// <param name="Planned">Targets whose count or size it would write; those that are only observed are not among them.</param>
/// <param name="UnderWay">Targets on which something was begun and is not seen to its end.</param>
internal sealed record ApplyPlan(PlanSheet Sheet, IReadOnlyList<TargetId> Planned, IReadOnlyList<TargetId> UnderWay)
{
    public bool IsNothing => Planned.Count == 0 && UnderWay.Count == 0;

    public static IReadOnlyList<TargetId> Acting(Rehearsal rehearsal) =>
    [
        .. rehearsal.Evaluations
            .Where(each => each.Outcome is PlanOutcome.Planned || each.Sizing?.Outcome is SizeOutcome.Planned)
            .Select(each => each.Target.Id),
    ];
}
