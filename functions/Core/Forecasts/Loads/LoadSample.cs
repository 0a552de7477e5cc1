namespace ScaleFunctions.Core.Forecasts.Loads;

/// <summary>The load of a target at a time.</summary>
/// <param name="Signal">The signal it is of.</param>
/// <param name="At">When it was measured.</param>
/// <param name="Load">Value × instances, or the total.</param>
/// <param name="IsCapped">Whether the signal was at the end of what it can show.</param>
public sealed record LoadSample(string Signal, DateTimeOffset At, double Load, bool IsCapped);
