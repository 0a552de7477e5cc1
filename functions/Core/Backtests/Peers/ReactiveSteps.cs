namespace ScaleFunctions.Core.Backtests.Peers;

/// <summary>
/// Chieu and others (2009), "React", as later studies use it: every second minute one instance more when the mean use is
/// above 70 %, one fewer when it would stay below 60 % without it.
/// </summary>
public sealed class ReactiveSteps : IFleetPolicy
{
    private const double High = 0.70;
    private const double Low = 0.60;

    public int Decide(FleetView view)
    {
        var count = view.Capacity;
        if (view.Minute % 2 != 0)
        {
            return count;
        }

        var load = view.Cpu[^1] * view.Serving[^1];
        return load / count > High ? count + 1
            : count > 1 && load / (count - 1) < Low ? count - 1
            : count;
    }
}
