using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>What monitored scopes spend.</summary>
/// <param name="Reports">The last report of each.</param>
/// <param name="Anomalies">Where more is spent than usual.</param>
internal sealed record CostsAnswer(IReadOnlyList<CostReport> Reports, IReadOnlyList<SpendAnomaly> Anomalies);
