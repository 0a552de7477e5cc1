namespace ScaleFunctions.Core.Forecasts.Schedules;

/// <summary>What is forecast for one step of a predictive schedule.</summary>
/// <param name="At">Begin of the step.</param>
/// <param name="Mean">The central forecast, in the unit of the load (value of the signal × instances).</param>
/// <param name="Upper">What the load stays below with the probability of the schedule.</param>
/// <param name="Instances">Instances that carry <paramref name="Upper"/> within the tolerance of the signal; at least 1.</param>
public sealed record PredictedStep(DateTimeOffset At, double Mean, double Upper, int Instances);
