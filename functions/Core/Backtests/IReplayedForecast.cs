using ScaleFunctions.Core.Forecasts.Schedules;

namespace ScaleFunctions.Core.Backtests;

/// <summary>Stands for the refresh of forecasts in a replay. One object serves one run and may remember what it has made.</summary>
public interface IReplayedForecast
{
    /// <summary>The schedule that would have been in force, or null when there would have been none.</summary>
    /// <param name="now">The minute that is decided.</param>
    /// <param name="start">Time of the first value of <paramref name="load"/>.</param>
    /// <param name="load">The load seen so far, value of the followed signal × instances, a value a minute; nothing later can be looked at.</param>
    PredictiveSchedule? At(DateTimeOffset now, DateTimeOffset start, ReadOnlySpan<double> load);
}
