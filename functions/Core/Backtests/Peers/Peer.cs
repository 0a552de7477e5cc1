namespace ScaleFunctions.Core.Backtests.Peers;

/// <summary>A policy that others use, under the name it has in the scorecard.</summary>
/// <param name="Name">Name of the row.</param>
/// <param name="Create">Makes a policy for one run over a series.</param>
public sealed record Peer(string Name, Func<DemandSeries, IFleetPolicy> Create);
