using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Assessments;

/// <summary>A virtual machine that costs more than it does. There is one of it, so none is too many: it may be a smaller one, or none.</summary>
/// <param name="Target">The machine.</param>
/// <param name="Finding">What is to be said of it.</param>
/// <param name="BusiestPercent">The use of its processors that was not exceeded but in the busiest quarters; absent without metrics.</param>
/// <param name="MeanPercent">The mean while it ran; absent without metrics.</param>
/// <param name="Ran">Share of the span that it ran, of 1.</param>
/// <param name="PerMonth">What all of it costs a month as it runs; absent when nobody knows.</param>
/// <param name="WhyNotPriced">Why not; empty when it is priced.</param>
public sealed record MachineLine(
    ObservedTarget Target, MachineFinding Finding, double? BusiestPercent, double? MeanPercent, double Ran, Money? PerMonth, string WhyNotPriced)
{
    /// <summary>That of a machine; absent when there is nothing to say, or it is none.</summary>
    public static MachineLine? Of(AssessedTarget each, AssessmentTerms terms)
    {
        if (ProcessorMetric.Of(each.Target.Id)?.Count != InstanceCount.One)
        {
            return null;
        }

        var use = each.Use as CapacityUse.Judged;
        MachineFinding? finding = each.Target.Remark == MachineRemarks.StoppedAndBilled ? MachineFinding.StoppedAndBilled
            : use is null ? null
            : 100 * use.Load <= terms.IdlePercent ? MachineFinding.Idle
            : 100 * use.Load <= terms.TargetPercent / 2 ? MachineFinding.HalfEmpty
            : null;
        return finding is { } found
            ? new MachineLine(
                each.Target, found, use is null ? null : 100 * use.Load, use?.MeanPercent, use?.MeanInstances ?? 0,
                EstateAssessment.Monthly(each.Price, found == MachineFinding.StoppedAndBilled ? 1 : use!.MeanInstances), (each.Price as PriceReading.Missing)?.Why ?? "")
            : null;
    }
}
