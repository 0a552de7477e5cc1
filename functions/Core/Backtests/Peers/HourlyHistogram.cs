using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Backtests.Peers;

/// <summary>
/// Urgaonkar and others (2008), "Hist": each hour gets the 95th percentile of the load in the same hour of up to seven
/// days, raised by the mean of what the last three hours fell short; a reactive boost when the seen load passes the plan.
/// </summary>
public sealed class HourlyHistogram : IFleetPolicy
{
    private const double Percentile = 0.95;
    private const double Headroom = 0.9;
    private const int MostDays = 7;
    private const int HourMinutes = 60;
    private const int ReactiveMinutes = 5;
    private const double Saturated = 0.98;
    private const double Jump = 1.15;

    private readonly double[] _shortfalls = new double[3];
    private readonly double[] _scratch = new double[MostDays * HourMinutes];
    private int _shortfallCount;
    private double _base;
    private int _plan;
    private int _boost;

    public int Decide(FleetView view)
    {
        if (_plan == 0 || (view.Minute + ScalingProtocol.BootMinutes) % HourMinutes == 0)
        {
            PlanHour(view);
        }

        if (view.Minute % ReactiveMinutes == 0)
        {
            React(view);
        }

        return Math.Max(_plan, _boost);
    }

    private void PlanHour(FleetView view)
    {
        if (_base > 0)
        {
            var lastHour = Copy(view.Load[Math.Max(0, view.Seen - HourMinutes)..], 0);
            var shortfall = EmpiricalQuantile.InPlace(_scratch.AsSpan(0, lastHour), Percentile) - _base;
            _shortfalls[_shortfallCount++ % _shortfalls.Length] = Math.Max(0, shortfall);
        }

        var days = Math.Min(MostDays, view.Seen / ScalingProtocol.MinutesPerDay);
        _base = days == 0 ? MinuteWindow.Max(view.Load, Math.Max(0, view.Seen - 10), view.Seen) : SameHours(view, days);
        _plan = ScalingProtocol.Ceiling((_base + (_shortfalls.Sum() / _shortfalls.Length)) / Headroom);
        _boost = 0;
    }

    private double SameHours(FleetView view, int days)
    {
        var count = 0;
        for (var day = 1; day <= days; day++)
        {
            var from = view.Minute + ScalingProtocol.BootMinutes - (day * ScalingProtocol.MinutesPerDay);
            count = from < 0 ? count : Copy(view.Load[from..Math.Min(from + HourMinutes, view.Seen)], count);
        }

        return EmpiricalQuantile.InPlace(_scratch.AsSpan(0, count), Percentile);
    }

    private int Copy(ReadOnlySpan<double> values, int at)
    {
        values.CopyTo(_scratch.AsSpan(at));
        return at + values.Length;
    }

    private void React(FleetView view)
    {
        var load = MinuteWindow.Max(view.Load, view.Seen - ReactiveMinutes, view.Seen);
        var needed = ScalingProtocol.Ceiling((view.Cpu[^1] >= Saturated ? load * Jump : load) / Headroom);
        _boost = needed > _plan ? Math.Max(_boost, needed) : _boost;
    }
}
