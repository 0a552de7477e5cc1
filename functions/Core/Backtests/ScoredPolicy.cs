namespace ScaleFunctions.Core.Backtests;

/// <summary>A policy under the name it has in the scorecard.</summary>
/// <param name="Name">Name of the row.</param>
/// <param name="Create">Makes a policy for one run over a series.</param>
public sealed record ScoredPolicy(string Name, Func<DemandSeries, IFleetPolicy> Create);
