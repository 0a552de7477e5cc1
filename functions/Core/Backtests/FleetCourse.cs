namespace ScaleFunctions.Core.Backtests;

/// <summary>How a fleet went through a demand series.</summary>
/// <param name="Serving">Instances that served, for each minute.</param>
/// <param name="Billed">Instances that were billed, for each minute.</param>
/// <param name="Changes">Instances added (positive) or given back (negative) at the start of each minute.</param>
public sealed record FleetCourse(IReadOnlyList<int> Serving, IReadOnlyList<int> Billed, IReadOnlyList<int> Changes);
