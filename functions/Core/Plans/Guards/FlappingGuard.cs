namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Lowers only so far that no signal would be above its scale-out threshold on the smaller count; takes a count in
/// between where the wanted one would flap (the projection of Azure Monitor autoscale).
/// </summary>
public sealed class FlappingGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        if (!draft.IsLowering)
        {
            return new GuardVerdict.Pass();
        }

        var projections = draft.Decision.Projections;
        var lowest = Enumerable.Range(draft.Goal, draft.From - draft.Goal)
            .Cast<int?>()
            .FirstOrDefault(count => !projections.Any(projection => projection.WouldScaleOutAt(count!.Value)));
        if (lowest == draft.Goal)
        {
            return new GuardVerdict.Pass();
        }

        var worst = projections.First(projection => projection.WouldScaleOutAt(draft.Goal));
        var reason = new GuardReason.WouldFlap(worst.Signal, draft.Goal, worst.Load / draft.Goal, worst.OutAbove);
        return lowest is { } between
            ? new GuardVerdict.Limit(nameof(FlappingGuard), between, reason)
            : new GuardVerdict.Block(nameof(FlappingGuard), reason);
    }
}
