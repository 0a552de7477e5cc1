using ScaleFunctions.Core.Decisions.Scaling.Predictive;

namespace ScaleFunctions.Core.Backtests;

/// <summary>Our own predictive sizing in a replay.</summary>
public sealed class PredictiveFleetPolicy(PredictiveSizingSettings settings) : IFleetPolicy
{
    private const double Saturated = 0.999;

    private readonly PredictiveSizing _sizing = new(settings);
    private int _observed;

    public int Decide(FleetView view)
    {
        for (; _observed < view.Seen; _observed++)
        {
            _sizing.Observe(view.Load[_observed], view.Serving[_observed], view.Cpu[_observed] >= Saturated);
        }

        return _sizing.Decide(view.Capacity);
    }
}
