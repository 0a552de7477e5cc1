namespace ScaleFunctions.Core.Forecasts.Evaluation;

/// <summary>One forecast of the protocol: what it may use, and what came.</summary>
/// <param name="Index">Index of the first value to forecast.</param>
/// <param name="Training">The values before it.</param>
/// <param name="Actual">A day of values from it on.</param>
/// <param name="Scale">In-sample error of the seasonal naive of a day, by which errors are scaled.</param>
public sealed record EvaluationOrigin(int Index, double[] Training, double[] Actual, double Scale);
