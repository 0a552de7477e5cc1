namespace ScaleFunctions.Core.Forecasts.Decomposition;

/// <summary>Season, trend and remainder of n values, each n values of the same unit; they sum to the values.</summary>
public sealed record Components(double[] Season, double[] Trend, double[] Remainder);
