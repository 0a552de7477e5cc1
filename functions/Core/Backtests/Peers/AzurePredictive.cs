namespace ScaleFunctions.Core.Backtests.Peers;

/// <summary>
/// An approximation of Azure's predictive autoscale for scale sets: a daily and a weekly profile, made anew each hour,
/// starts instances ahead of time; it only scales out. The reactive pair of rules works beside it.
/// </summary>
public sealed class AzurePredictive(AzureRuleSettings settings) : IFleetPolicy
{
    private const int WeekMinutes = 7 * ScalingProtocol.MinutesPerDay;
    private const int LeadMinutes = 15;
    private const int ProfileDays = 5;
    private const int RefreshMinutes = 60;

    /// <summary>A quarter of an hour of smoothing: what the service forecasts is not minutes.</summary>
    private const int Neighbours = 7;

    private const double FullLoadCpu = FleetModel.FullLoadCpuPercent / 100;

    private readonly AzureRules _reactive = new(settings);
    private double[]? _forecast;
    private int _forecastFrom;

    public int Decide(FleetView view)
    {
        if (view.Minute >= WeekMinutes + ScalingProtocol.LagMinutes && view.Minute % RefreshMinutes == 0)
        {
            Refresh(view);
        }

        var wanted = _reactive.Decide(view);
        if (_forecast is null)
        {
            return wanted;
        }

        var now = view.Minute - _forecastFrom;
        var load = MinuteWindow.Max(_forecast, now, now + LeadMinutes + 1);
        return Math.Max(wanted, ScalingProtocol.Ceiling(FullLoadCpu * load / settings.OutAbove));
    }

    private void Refresh(FleetView view)
    {
        var end = view.Seen - 1;
        var mixed = MinuteWindow.MeanDay(view.Load, end, Math.Min(ProfileDays, end / ScalingProtocol.MinutesPerDay));
        var lastWeek = view.Load.Slice(end - WeekMinutes, ScalingProtocol.MinutesPerDay);
        for (var minute = 0; minute < mixed.Length; minute++)
        {
            mixed[minute] = (0.5 * mixed[minute]) + (0.5 * lastWeek[minute]);
        }

        _forecast = MinuteWindow.Smooth(mixed, Neighbours);
        _forecastFrom = end;
    }
}
