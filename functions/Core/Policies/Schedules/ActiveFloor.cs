namespace ScaleFunctions.Core.Policies.Schedules;

/// <summary>The floor in force now.</summary>
/// <param name="Minimum">Least instances while it holds.</param>
/// <param name="Until">When it ends, by the clock of its zone.</param>
/// <param name="Reason">Why; empty when not said.</param>
public sealed record ActiveFloor(int Minimum, DateTimeOffset Until, string Reason);
