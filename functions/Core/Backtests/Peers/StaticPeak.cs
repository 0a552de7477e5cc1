namespace ScaleFunctions.Core.Backtests.Peers;

/// <summary>As many instances as the highest minute needs, known in advance and never changed.</summary>
public sealed class StaticPeak(int instances) : IFleetPolicy
{
    public int Decide(FleetView view) => instances;
}
