namespace ScaleFunctions.App.Commands.Forecasts;

/// <summary>A forecast as it was asked for.</summary>
/// <param name="File">The recording.</param>
/// <param name="At">Where the forecast begins; the end of the recording when nothing is said.</param>
/// <param name="Horizon">How far.</param>
/// <param name="Step">Length of a step; by the recording when nothing is said.</param>
/// <param name="Quantiles">Bounds, as typed.</param>
internal sealed record ForecastRequest(string File, DateTimeOffset? At, TimeSpan Horizon, TimeSpan? Step, string[] Quantiles);
