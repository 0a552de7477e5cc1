namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>What an instance was measured to move.</summary>
/// <param name="Channel">What.</param>
/// <param name="Use">In its unit, the busiest minute of each hour being a sample.</param>
public sealed record ChannelDemand(UsageChannel Channel, UsageEstimate.Known Use)
{
    /// <summary>What a size must allow: the percentile with headroom, or the highest minute without.</summary>
    /// <param name="terms">The headroom, which is that of processors.</param>
    /// <param name="share">How much more an instance has to move than it did.</param>
    public double Needed(PlanningTerms terms, double share) => Math.Max(terms.Headroom.Processors(Use.Typical), Use.Burst) * share;
}
