namespace ScaleFunctions.Core.Forecasts.Trials;

/// <summary>One of the competing methods on one resource.</summary>
public sealed record MethodState
{
    public required ForecastMethod Method { get; init; }

    public required LoadForecast Fit { get; init; }

    /// <summary>End of the load its calibration was learned from; earlier by the spread when that was out of turn.</summary>
    public DateTimeOffset CalibratedAt { get; init; }

    public ForecastScore Score { get => field ?? ForecastScore.None; init; } = ForecastScore.None;

    /// <summary>Forecasts that wait for what comes.</summary>
    public IReadOnlyList<IssuedForecast> Issued { get => field ?? []; init; } = [];
}
