namespace ScaleFunctions.Core.Forecasts.Evaluation;

/// <summary>What a method said for a day, and how long fit and forecast took it.</summary>
/// <param name="Mean">The central forecast of each step.</param>
/// <param name="Upper">The bound that 95 % shall stay below.</param>
/// <param name="Duration">Of fit and forecast; calibration, which is made less often, does not count.</param>
public sealed record EvaluatedForecast(double[] Mean, double[] Upper, TimeSpan Duration);
