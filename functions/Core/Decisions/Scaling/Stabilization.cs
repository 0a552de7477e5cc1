namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>
/// Lets a change pass only if it was wanted for a whole window: scale in to the highest, scale out to the lowest desire of
/// the window (Kubernetes HPA behavior). The desires are kept in the target's row, so a restart forgets nothing; a window
/// that has only begun allows no change.
/// </summary>
public static class Stabilization
{
    public static ScalingDecision Apply(ScalingDecision decision, ScalingContext context)
    {
        if (decision.Desired < decision.Current)
        {
            var window = context.Horizontal.ScaleIn.Stabilization;
            var highest = Desires(context, window).Append(decision.Desired).Max();
            var desired = Math.Min(decision.Current, highest);
            return desired == decision.Desired
                ? decision
                : decision with
                {
                    Desired = desired,
                    Reason = desired == decision.Current
                        ? new ScalingReason.StabilizingIn(decision.Desired, desired, window)
                        : decision.Reason,
                };
        }

        if (decision.Desired > decision.Current)
        {
            var window = context.Horizontal.ScaleOut.Stabilization;
            var lowest = Desires(context, window).Append(decision.Desired).Min();

            // The minimum is not a wish of the load: it is restored at once, whatever the load wants beyond it.
            var floor = Math.Min(decision.Desired, Math.Max(decision.Current, context.Horizontal.Minimum));
            var desired = Math.Max(floor, lowest);
            return desired == decision.Desired
                ? decision
                : decision with
                {
                    Desired = desired,
                    Reason = desired == decision.Current
                        ? new ScalingReason.StabilizingOut(decision.Desired, desired, window)
                        : decision.Reason,
                };
        }

        return decision;
    }

    /// <summary>
    /// The desires in force during the window. A desire holds until the next one, so the last one before the window
    /// counts too. Before the first desire, which is also the first after an outage of ours, the count itself was wanted.
    /// </summary>
    private static IEnumerable<int> Desires(ScalingContext context, TimeSpan window)
    {
        if (window <= TimeSpan.Zero)
        {
            return [];
        }

        var start = context.Now - window;
        var past = context.History.Desires.Where(desire => desire.At <= context.Now).ToList();
        var before = past.FindLastIndex(desire => desire.At <= start);
        return before < 0
            ? past.Select(desire => desire.Instances).Append(context.Current)
            : past.Skip(before).Select(desire => desire.Instances);
    }
}
