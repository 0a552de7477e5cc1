using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Forecasts;
using ScaleFunctions.Core.Forecasts.Loads;
using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Backtests;

/// <summary>
/// The refresh of forecasts in a replay: by the code that refreshes them in production, each quarter of an hour, from the loads
/// that the replayed decisions left in the row. Nothing else is known, so the first days have no forecast that may act.
/// </summary>
internal sealed class ReplayedForecasts(TargetPolicies.Resolved policies)
{
    private ForecastState? _state;
    private DateTimeOffset _next;

    public PredictiveSchedule? Schedule { get; private set; }

    /// <summary>Makes the schedule anew when it is time.</summary>
    public void Refresh(TargetRow row, DateTimeOffset now)
    {
        if (now < _next || ForecastUse.Wish(policies, row) is not { } wish)
        {
            return;
        }

        _next = LoadBin.StartOf(now) + LoadBin.Length;
        _state = ForecastKeeper.Refresh(_state ?? new ForecastState { Signal = wish.Signal }, row.Load?.Complete ?? [], ScheduleMaking.LeadSteps(wish.Lead), wish.IsDayOff);
        Schedule = ScheduleMaking.Of(_state, wish, now);
    }
}
