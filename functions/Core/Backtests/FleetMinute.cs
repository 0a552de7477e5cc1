namespace ScaleFunctions.Core.Backtests;

/// <summary>What one minute of a fleet's life looked like.</summary>
/// <param name="Demand">Load, in instances: 1 is what one instance carries at <see cref="FleetModel.FullLoadCpuPercent"/>.</param>
/// <param name="Ready">Instances that served.</param>
/// <param name="Capacity">Instances that were billed, serving or still booting.</param>
public readonly record struct FleetMinute(double Demand, int Ready, int Capacity)
{
    /// <summary>Instances that would have carried the demand; an idle service still needs one.</summary>
    public int Needed => ScalingProtocol.InstancesFor(Demand);

    public bool IsShort => Needed > Ready;

    /// <summary>Processor use each ready instance reports; absent when nothing is ready to report.</summary>
    public double? CpuPercent =>
        Ready == 0 ? null : Math.Min(100, FleetModel.FullLoadCpuPercent * Demand / Ready);
}
