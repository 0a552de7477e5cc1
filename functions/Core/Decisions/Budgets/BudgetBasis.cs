namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>What a percentage is of.</summary>
public enum BudgetBasis
{
    /// <summary>What is spent.</summary>
    Actual,

    /// <summary>What the whole period is likely to cost.</summary>
    Forecast,
}
