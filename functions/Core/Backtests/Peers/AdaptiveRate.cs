namespace ScaleFunctions.Core.Backtests.Peers;

/// <summary>
/// Ali-Eldin and others (2012), "Adapt", simplified: up by the present load and its rate of change carried over boot
/// time and lag; down slowly, at the rate at which the load has been falling for twenty minutes.
/// </summary>
public sealed class AdaptiveRate : IFleetPolicy
{
    private const double Headroom = 0.85;
    private const int HistoryMinutes = 25;
    private const double Saturated = 0.98;
    private const double Jump = 1.15;
    private const double LeastRate = 0.02;

    private double? _level;

    public int Decide(FleetView view)
    {
        var count = view.Capacity;
        if (view.Seen < HistoryMinutes)
        {
            return count;
        }

        var up = Up(view, count);
        if (up > count)
        {
            _level = up;
            return up;
        }

        // A level that the count has left belongs to another time.
        var level = _level is { } kept && kept >= count - 1 && kept <= count + 1 ? kept : count;
        var rate = Math.Max(Falling(view), LeastRate * Math.Max(0, count - up));
        level = Math.Max(up, level - (rate / Headroom));
        _level = level;
        return ScalingProtocol.Ceiling(level);
    }

    private static int Up(FleetView view, int count)
    {
        var end = view.Seen;
        var slope = (MinuteWindow.Mean(view.Load, end - 3, end) - MinuteWindow.Mean(view.Load, end - 8, end - 5)) / 5;
        var ahead = Math.Max(0, slope) * (ScalingProtocol.BootMinutes + ScalingProtocol.LagMinutes);
        var up = ScalingProtocol.Ceiling((view.Load[^1] + ahead) / Headroom);
        return view.Cpu[^1] >= Saturated ? Math.Max(up, (int)Math.Ceiling(count * Jump)) : up;
    }

    private static double Falling(FleetView view)
    {
        var end = view.Seen;
        var before = MinuteWindow.Mean(view.Load, end - HistoryMinutes, end - HistoryMinutes + 5);
        return Math.Max(0, (before - MinuteWindow.Mean(view.Load, end - 5, end)) / 20);
    }
}
