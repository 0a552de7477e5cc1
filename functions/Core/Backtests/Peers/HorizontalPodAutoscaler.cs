using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Backtests.Peers;

/// <summary>
/// The Kubernetes autoscaler with its defaults: desired = load / target, a tolerance of a tenth, up at once but at most
/// to twice the count or four more, down to the highest desire of five minutes. Instances that boot count as idle.
/// </summary>
public sealed class HorizontalPodAutoscaler(double target) : IFleetPolicy
{
    private const double Tolerance = 0.1;
    private const int StabilizationMinutes = 5;

    private readonly SlidingMaximum _desires = new(StabilizationMinutes);

    public int Decide(FleetView view)
    {
        var count = view.Capacity;
        var load = view.Cpu[^1] * view.Serving[^1];
        var isNear = Math.Abs((load / (count * target)) - 1) <= Tolerance;
        var desired = isNear ? count : ScalingProtocol.Ceiling(load / target);
        var highest = (int)_desires.Add(desired);
        var wanted = desired < count ? Math.Min(count, highest) : desired;
        return Math.Min(wanted, Math.Max(2 * count, count + 4));
    }
}
