namespace ScaleFunctions.Core.Costs;

/// <summary>What Azure billed for a resource on a day of UTC.</summary>
/// <param name="Day">The day of use.</param>
/// <param name="Resource">Id in lower case; empty for what is billed without one.</param>
/// <param name="Amount">May be below zero: credits and corrections are.</param>
public sealed record BilledDay(DateOnly Day, string Resource, decimal Amount);
