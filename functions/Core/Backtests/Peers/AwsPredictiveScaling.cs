namespace ScaleFunctions.Core.Backtests.Peers;

/// <summary>
/// AWS target tracking with predictive scaling: an hourly forecast of the load from up to fourteen days, made anew
/// every six hours, is a floor that begins five minutes and the boot time before each hour.
/// </summary>
public sealed class AwsPredictiveScaling(double target) : IFleetPolicy
{
    private const int RefreshMinutes = 360;
    private const int MostDays = 14;
    private const int HoursAhead = 48;
    private const int HoursPerDay = 24;
    private const int HoursPerWeek = 168;
    private const int BufferMinutes = 5;
    private const double WeekShare = 0.6;
    private const double FullLoadCpu = FleetModel.FullLoadCpuPercent / 100;

    private readonly AwsTargetTracking _dynamic = new(target);
    private double[]? _forecast;
    private int _forecastFrom;

    public int Decide(FleetView view)
    {
        if (view.Minute >= ScalingProtocol.MinutesPerDay + ScalingProtocol.LagMinutes && view.Minute % RefreshMinutes == 0)
        {
            Refresh(view);
        }

        var wanted = _dynamic.Decide(view);
        if (_forecast is null)
        {
            return wanted;
        }

        var now = At(view.Minute);
        var soon = At(view.Minute + BufferMinutes + ScalingProtocol.BootMinutes);
        return Math.Max(wanted, ScalingProtocol.Ceiling(FullLoadCpu * Math.Max(now, soon) / target));
    }

    private double At(int minute) => _forecast![Math.Min((minute - _forecastFrom) / 60, HoursAhead - 1)];

    private void Refresh(FleetView view)
    {
        var end = (view.Minute - ScalingProtocol.LagMinutes) / 60 * 60;
        var days = Math.Min(MostDays, end / ScalingProtocol.MinutesPerDay);
        var hours = new double[days * HoursPerDay];
        for (var hour = 0; hour < hours.Length; hour++)
        {
            var from = end - ((hours.Length - hour) * 60);
            hours[hour] = MinuteWindow.Mean(view.Load, from, from + 60);
        }

        var forecast = HourOfDay(hours, days);
        if (days >= 7)
        {
            MixInWeeks(forecast, hours, days / 7);
        }

        _forecast = forecast;
        _forecastFrom = end;
    }

    /// <summary>Means of the hours of the day, moved halfway to the level of the last day.</summary>
    private static double[] HourOfDay(double[] hours, int days)
    {
        var means = new double[HoursPerDay];
        for (var hour = 0; hour < hours.Length; hour++)
        {
            means[hour % HoursPerDay] += hours[hour] / days;
        }

        var level = hours.AsSpan(hours.Length - HoursPerDay).ToArray().Sum() / Math.Max(means.Sum(), ScalingProtocol.Negligible);
        var forecast = new double[HoursAhead];
        for (var hour = 0; hour < HoursAhead; hour++)
        {
            forecast[hour] = means[hour % HoursPerDay] * (0.5 + (0.5 * level));
        }

        return forecast;
    }

    private static void MixInWeeks(double[] forecast, double[] hours, int weeks)
    {
        var first = hours.Length - (weeks * HoursPerWeek);
        for (var hour = 0; hour < forecast.Length; hour++)
        {
            var sum = 0d;
            for (var week = 0; week < weeks; week++)
            {
                sum += hours[first + (week * HoursPerWeek) + hour];
            }

            forecast[hour] = (WeekShare * sum / weeks) + ((1 - WeekShare) * forecast[hour]);
        }
    }
}
