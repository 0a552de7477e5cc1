namespace ScaleFunctions.Core.Forecasts.Bounds;

/// <summary>A forecast made inside the history, by weights that its own errors had no part in, and how it went.</summary>
/// <param name="Origin">Index of the first value it forecast.</param>
/// <param name="Path">What it said, up to the end of the history.</param>
/// <param name="Errors">Actual − forecast, for each step.</param>
/// <param name="Scales">The scales along the path, by kind.</param>
internal sealed record PastPath(int Origin, double[] Path, double[] Errors, double[][] Scales);
