namespace ScaleFunctions.Core.Costs;

/// <summary>A change of a count whose time is known, because it was ours.</summary>
/// <param name="At">When it was asked for.</param>
/// <param name="To">Instances from then on.</param>
public readonly record struct CountChange(DateTimeOffset At, int To);
