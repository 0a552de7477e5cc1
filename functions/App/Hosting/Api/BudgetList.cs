namespace ScaleFunctions.App.Hosting.Api;

/// <summary>All budgets of the policies.</summary>
internal sealed record BudgetList(IReadOnlyList<BudgetView> Budgets);
