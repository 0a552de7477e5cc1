namespace ScaleFunctions.App.Commands.Forecasts;

/// <summary>The forecast of one step.</summary>
/// <param name="Timestamp">Start of the step.</param>
/// <param name="Mean">The central forecast.</param>
/// <param name="Quantiles">Bounds by probability, as it was asked for.</param>
internal sealed record ForecastLine(DateTimeOffset Timestamp, double Mean, IReadOnlyDictionary<string, double> Quantiles);
