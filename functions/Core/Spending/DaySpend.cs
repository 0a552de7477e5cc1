namespace ScaleFunctions.Core.Spending;

/// <summary>What was spent on a whole day of UTC.</summary>
public readonly record struct DaySpend(DateOnly Day, decimal Amount);
