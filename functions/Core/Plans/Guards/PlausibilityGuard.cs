namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Does not believe a capacity that is far below what reports metrics. Autoscalers that did wrote a capacity computed
/// from a wrong small number to a large scale set (kubernetes/autoscaler#3240, #7432).
/// </summary>
public sealed class PlausibilityGuard : IPlanGuard
{
    /// <summary>Metrics lag by minutes, so after a lowering of ours instances that are gone may report that long.</summary>
    private static readonly TimeSpan MetricLag = TimeSpan.FromMinutes(10);

    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        var isOurDoing = context.History.Changes.Any(
            change => change.At > context.Now - MetricLag && change.From > draft.From && change.To < change.From);
        return !isOurDoing && context.Reporting is { } reporting && reporting > (2.0 * draft.From) + 1
            ? new GuardVerdict.Block(nameof(PlausibilityGuard), new GuardReason.ImplausibleCapacity(draft.From, reporting))
            : new GuardVerdict.Pass();
    }
}
