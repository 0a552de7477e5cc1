namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>What a person says of a step.</summary>
/// <param name="Step">Its name.</param>
/// <param name="IsYes">Whether it may be done. No also undoes it, and lets it rest until the period ends.</param>
/// <param name="By">Who.</param>
/// <param name="Why">Why.</param>
public sealed record StepAnswer(string Step, bool IsYes, string By, string Why);
