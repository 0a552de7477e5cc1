namespace ScaleFunctions.Core.Policies;

/// <summary>What must come of a case; what is absent may be anything.</summary>
/// <param name="Instances">Instances asked for afterwards.</param>
/// <param name="Outcome"><c>scale-out</c>, <c>scale-in</c>, <c>unchanged</c> or <c>held</c>.</param>
/// <param name="HeldBy">The guard that holds the change back, such as <c>CooldownGuard</c>.</param>
/// <param name="Because">What the reason must contain.</param>
public sealed record PolicyExpectation(int? Instances, string? Outcome, string? HeldBy, string? Because);
