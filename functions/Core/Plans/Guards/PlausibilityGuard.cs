namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Does not believe a capacity that is far below what reports metrics, nor, where nothing reports, one far below what it was until a
/// second look agrees. Autoscalers that did wrote a capacity computed
/// from a wrong small number to a large scale set (kubernetes/autoscaler#3240, #7432, #9488).
/// </summary>
public sealed class PlausibilityGuard : IPlanGuard
{
    /// <summary>Metrics lag by minutes, so after a lowering of ours instances that are gone may report that long.</summary>
    private static readonly TimeSpan MetricLag = TimeSpan.FromMinutes(10);

    /// <summary>Ticks come a minute apart, some seconds more or less.</summary>
    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(45);

    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        var isOurDoing = context.History.Changes.Any(
            change => change.At > context.Now - MetricLag && change.From > draft.From && change.To < change.From);
        return !isOurDoing && context.Reporting is { } reporting && IsFarBelow(draft.From, reporting)
                ? new GuardVerdict.Block(nameof(PlausibilityGuard), new GuardReason.ImplausibleCapacity(draft.From, reporting))
            : context.Fall is { } fall && fall.To == draft.From && IsFarBelow(fall.To, fall.From) && (context.Now - fall.At).Duration() < SecondLook
                ? new GuardVerdict.Block(nameof(PlausibilityGuard), new GuardReason.UnconfirmedFall(fall.From, draft.From))
            : new GuardVerdict.Pass();
    }

    private static bool IsFarBelow(int capacity, double instances) => instances > (2.0 * capacity) + 1;
}
