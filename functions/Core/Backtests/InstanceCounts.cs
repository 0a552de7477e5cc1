using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Backtests;

/// <summary>Whether samples of a target tell how many instances they stand for, as the adapters hand them on.</summary>
internal static class InstanceCounts
{
    /// <summary>Azure Monitor counts the instances behind a sample for scale sets, and for nothing else that is scaled.</summary>
    public static bool AreMeasured(ObservedTarget target) =>
        target.Id.ResourceType.Equals("Microsoft.Compute/virtualMachineScaleSets", StringComparison.OrdinalIgnoreCase);
}
