namespace ScaleFunctions.Sandbox.Billing;

/// <summary>From what on a budget tells somebody.</summary>
/// <param name="Name">Its name within the budget.</param>
/// <param name="Percent">Of the amount.</param>
/// <param name="IsForecast">Whether it is about what is expected, in place of what was spent.</param>
/// <param name="ActionGroups">Ids of those who are called.</param>
public sealed record BudgetThreshold(string Name, decimal Percent, bool IsForecast, IReadOnlyList<string> ActionGroups);
