using ScaleFunctions.Core.Forecasts;
using ScaleFunctions.Core.Forecasts.Loads;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Keeps forecasts to one size. The load of a signal of each instance is counted in instances of the size there is: twice the cores
/// are half as busy. What was learned of another size would raise too little after a step down, and too much after one up, so it is
/// learned anew, and until enough of the new size is there nothing is forecast.
/// </summary>
internal static class ForecastSizes
{
    /// <summary>The state as far as it is of the size there is.</summary>
    public static ForecastState Of(ForecastState state, SignalPolicy signal, ObservedTarget target, TargetRow row, DateTimeOffset now)
    {
        if (signal.Measures == SignalMeasure.Total)
        {
            return state;
        }

        var since = row.RollOut is not null || row.Restage is not null ? now
            : row.Sizes.Seen is { } seen && Is(seen.Size, target.Sku) ? seen.Since
            : DateTimeOffset.MinValue;
        return state.Size is null || Is(state.Size, target.Sku)
            ? state with { Size = target.Sku, SizeSince = since > state.SizeSince ? since : state.SizeSince }
            : new ForecastState { Signal = state.Signal, Spread = state.Spread, HasHistory = true, Size = target.Sku, SizeSince = since > state.SizeSince ? since : now };
    }

    /// <summary>The loads of the size there is.</summary>
    public static IEnumerable<LoadBin> Since(ForecastState state, IEnumerable<LoadBin> bins) => bins.Where(bin => bin.At >= state.SizeSince);

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
