namespace ScaleFunctions.Core.Cycle;

/// <summary>A message: look at a budget.</summary>
/// <param name="Policy">Name of its policy.</param>
public sealed record BudgetRequest(string Policy);
