using ScaleFunctions.Core.Forecasts.Loads;
using ScaleFunctions.Core.Forecasts.Trials;

namespace ScaleFunctions.Core.Forecasts;

/// <summary>All that is kept of one resource's forecasts between two refreshes.</summary>
public sealed record ForecastState
{
    /// <summary>The signal whose load is forecast; another one begins anew.</summary>
    public required string Signal { get; init; }

    /// <summary>Sets its calibrations apart from those of resources that began at the same time; less than the time between two.</summary>
    public TimeSpan Spread { get; init; }

    /// <summary>The size of the instances that the loads were measured on; absent where the signal is not of each instance.</summary>
    public string? Size { get; init; }

    /// <summary>Loads before it are of another size, or of both while one was rolled out: of another scale, and not learned from.</summary>
    public DateTimeOffset SizeSince { get; init; }

    public LoadGrid Grid { get => field ?? LoadGrid.Empty; init; } = LoadGrid.Empty;

    /// <summary>Whether earlier loads were asked for once.</summary>
    public bool HasHistory { get; init; }

    /// <summary>End of the newest load there was, that of days off among it, of which nothing is learned.</summary>
    public DateTimeOffset SeenUntil { get; init; }

    /// <summary>End of the load at the last fit.</summary>
    public DateTimeOffset FittedAt { get; init; }

    /// <summary>The competing methods; none while the history cannot be forecast.</summary>
    public IReadOnlyList<MethodState> Methods { get => field ?? []; init; } = [];

    /// <summary>What the methods had done when the history could not be forecast any more; it counts again when it can.</summary>
    public IReadOnlyDictionary<ForecastMethod, ForecastScore> Earlier { get => field ?? None; init; } = None;

    /// <summary>The one that is followed.</summary>
    public ForecastMethod Champion { get; init; }

    /// <summary>Whether it may act.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>Why it may not, or why there is no forecast at all; empty when it may.</summary>
    public string WhyNot { get; init; } = "";

    private static readonly IReadOnlyDictionary<ForecastMethod, ForecastScore> None = new Dictionary<ForecastMethod, ForecastScore>();

    /// <summary>What a method has done so far.</summary>
    public ForecastScore ScoreOf(ForecastMethod method) =>
        Methods.FirstOrDefault(each => each.Method == method)?.Score ?? Earlier.GetValueOrDefault(method) ?? ForecastScore.None;
}
