namespace ScaleFunctions.Core.Policies;

/// <summary>What all resources that guardrails bound may have together.</summary>
/// <param name="MaximumInstances">Most instances; absent: no limit.</param>
/// <param name="SpendPerHour">Most they may cost an hour, in the currency of the price list; absent: no limit.</param>
public sealed record FleetCaps(int? MaximumInstances, decimal? SpendPerHour);
