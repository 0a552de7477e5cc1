namespace ScaleFunctions.Core.Backtests.Peers;

/// <summary>
/// AWS target tracking: out when three one-minute points in a row lie above the target, to what the last one needs;
/// in when fifteen lie below nine tenths of it, to what the highest of them needs, and never while instances boot.
/// </summary>
public sealed class AwsTargetTracking(double target) : IFleetPolicy
{
    private const int PointsOut = 3;
    private const int PointsIn = 15;
    private const double ShareOfTargetIn = 0.9;

    private int _lastIn = -99;

    public int Decide(FleetView view)
    {
        var count = view.Capacity;
        if (IsAbove(view.Cpu[^PointsOut..]))
        {
            return Math.Max(count, ScalingProtocol.Ceiling(view.Serving[^1] * view.Cpu[^1] / target));
        }

        var isBooting = view.Ready != count;
        if (view.Seen <= PointsIn || isBooting || view.Minute - _lastIn < PointsIn || !IsBelow(view.Cpu[^PointsIn..]))
        {
            return count;
        }

        var needed = Math.Max(ScalingProtocol.Ceiling(HighestLoad(view) / target), 1);
        if (needed >= count)
        {
            return count;
        }

        _lastIn = view.Minute;
        return needed;
    }

    private bool IsAbove(ReadOnlySpan<double> cpu)
    {
        foreach (var value in cpu)
        {
            if (value <= target)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsBelow(ReadOnlySpan<double> cpu)
    {
        foreach (var value in cpu)
        {
            if (value >= ShareOfTargetIn * target)
            {
                return false;
            }
        }

        return true;
    }

    private static double HighestLoad(FleetView view)
    {
        var highest = 0d;
        for (var minute = view.Seen - PointsIn; minute < view.Seen; minute++)
        {
            highest = Math.Max(highest, view.Cpu[minute] * view.Serving[minute]);
        }

        return highest;
    }
}
