namespace ScaleFunctions.Core.Spending;

/// <summary>How much more than usual is no anomaly: the larger of both.</summary>
/// <param name="Above">As a part of what is usual, 0 to 1.</param>
/// <param name="PerHour">As an amount an hour.</param>
public readonly record struct AnomalyBand(double Above, decimal PerHour);
