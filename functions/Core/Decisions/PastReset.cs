namespace ScaleFunctions.Core.Decisions;

/// <summary>A capacity of ours that somebody set to another one.</summary>
/// <param name="At">When it was seen.</param>
/// <param name="From">What we had asked for.</param>
/// <param name="To">What was found.</param>
public sealed record PastReset(DateTimeOffset At, int From, int To);
