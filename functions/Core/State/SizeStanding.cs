namespace ScaleFunctions.Core.State;

/// <summary>What was last decided on a target's size. It is looked at every few minutes only, so it is kept for the faces.</summary>
/// <param name="At">When.</param>
/// <param name="Current">The size there was.</param>
/// <param name="Desired">The size that is wanted; the same when it stays.</param>
/// <param name="Case">Equal for decisions that are told once.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record SizeStanding(DateTimeOffset At, string Current, string Desired, string Case, string Reason);
