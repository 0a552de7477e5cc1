namespace ScaleFunctions.Core.State;

/// <summary>That a rollout was halted: all go by the set before, until a person promotes or the files change.</summary>
/// <param name="By">Who did it: a person, or a worker that found a criterion breached.</param>
/// <param name="Why">Why.</param>
/// <param name="At">When.</param>
public sealed record RolloutHalt(string By, string Why, DateTimeOffset At);
