using ScaleFunctions.Core.Plans;

namespace ScaleFunctions.Core.Backtests;

/// <summary>A change that policies made in a replay.</summary>
/// <param name="Minute">Index of the minute.</param>
/// <param name="Plan">What was carried out.</param>
public readonly record struct ReplayedChange(int Minute, Plan Plan);
