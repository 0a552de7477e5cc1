namespace ScaleFunctions.Core.Forecasts;

/// <summary>The load at a time, as it was measured. A gap is a point that is not there.</summary>
/// <param name="At">Start of the interval.</param>
/// <param name="Value">The load in it.</param>
public readonly record struct LoadPoint(DateTimeOffset At, double Value);
