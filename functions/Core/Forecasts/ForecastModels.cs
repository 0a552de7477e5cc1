using ScaleFunctions.Core.Forecasts.Models;

namespace ScaleFunctions.Core.Forecasts;

/// <summary>Every model there is.</summary>
public static class ForecastModels
{
    /// <summary>Those that are combined. They differ on purpose: what one misses another has.</summary>
    public static IReadOnlyList<IForecastModel> Combined { get; } =
    [
        new SlotMedian(),
        new SmoothedMedian(),
        new SmoothedLevel(),
        new DampedTrend(),
        new LevelledWeek(),
        new CorrectedWeek(),
        new CorrectedCycle(),
        new DriftingMedian(),
        new CorrectedMedian(),
        new CorrectedMean(),
        new Theta(),
        new RootStl(),
        new SeasonsOfStl(),
    ];

    /// <summary>Those that are only compared with.</summary>
    public static IReadOnlyList<IForecastModel> Naive { get; } = [new LastValue(), new LastCycle(), new LastWeek()];

    public static IReadOnlyList<IForecastModel> All { get; } = [.. Combined, .. Naive];

    public static bool IsKnown(string name) => All.Any(model => model.Name == name);

    /// <summary>The model of that name.</summary>
    /// <exception cref="InvalidOperationException">There is none: the calibration is of another version.</exception>
    public static IForecastModel Named(string name) => All.First(model => model.Name == name);
}
