namespace ScaleFunctions.Core.Plans;

/// <summary>An action that failed for a reason that does not pass by itself.</summary>
/// <param name="At">When it was known.</param>
/// <param name="Epoch">Number of the action on its target.</param>
public sealed record FailedAction(DateTimeOffset At, long Epoch);
