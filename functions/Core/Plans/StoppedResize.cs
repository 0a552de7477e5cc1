using ScaleFunctions.Core.Sizes;

namespace ScaleFunctions.Core.Plans;

/// <summary>Whether a machine has to be stopped for another size, because the hardware it runs on does not have it.</summary>
public static class StoppedResize
{
    /// <summary>What it needs of a size, where the policy lets it be stopped: the hardware it runs on does not count then.</summary>
    public static SizeNeeds Needs(SizeChange change, PlanContext context, SizeReading.Read read) =>
        IsNeeded(change, context) ? read.Needs with { Offered = null } : read.Needs;

    public static bool IsNeeded(SizeChange change, PlanContext context) =>
        context.SizeTerms is { MayStop: true } && context.Sizing is SizeReading.Read { OffersMoreWhenStopped: true, Needs.Offered: { } offered }
        && !offered.Contains(change.To.Name);
}
