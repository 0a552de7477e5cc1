namespace ScaleFunctions.Core.Cycle;

/// <summary>An event of a budget could not be published.</summary>
public sealed class BudgetEventException(string message, Exception inner) : Exception(message, inner);
