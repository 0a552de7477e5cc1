namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Lowers only so far that no signal would be above its scale-out threshold on the smaller count; takes a count in
/// between where the wanted one would flap (the projection of Azure Monitor autoscale).
/// </summary>
public sealed class FlappingGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        // Nothing scales out past a maximum that a budget lowered: down to it nothing flaps.
        if (!draft.IsLowering || draft.Goal >= context.BudgetMaximum)
        {
            return new GuardVerdict.Pass();
        }

        var projections = draft.Decision.Projections;
        if (projections.FirstOrDefault(projection => projection.WouldScaleOutAt(draft.Goal)) is not { } worst)
        {
            return new GuardVerdict.Pass();
        }

        var lowest = Lowest(draft, count => projections.All(projection => !projection.WouldScaleOutAt(count)));
        var reason = new GuardReason.WouldFlap(worst.Signal, draft.Goal, worst.On(draft.Goal), worst.OutAbove);
        return lowest < draft.From
            ? new GuardVerdict.Limit(nameof(FlappingGuard), lowest, reason)
            : new GuardVerdict.Block(nameof(FlappingGuard), reason);
    }

    /// <summary>Bisection: the load of each instance falls as their number grows.</summary>
    private static int Lowest(PlanDraft draft, Func<int, bool> fits)
    {
        var (below, above) = (draft.Goal, draft.From);
        while (above - below > 1)
        {
            var middle = below + ((above - below) / 2);
            (below, above) = fits(middle) ? (below, middle) : (middle, above);
        }

        return above;
    }
}
