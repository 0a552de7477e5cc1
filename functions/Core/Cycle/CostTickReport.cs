using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What a run of the cost cycle came to.</summary>
/// <param name="Counted">Resources whose spend was counted.</param>
/// <param name="Uncounted">Resources that were seen, and whose price nobody knows.</param>
/// <param name="Failed">What could not be counted or told, for people.</param>
/// <param name="Began">Anomalies that were told for the first time.</param>
public sealed record CostTickReport(int Counted, int Uncounted, IReadOnlyList<string> Failed, IReadOnlyList<SpendAnomaly> Began)
{
    public static CostTickReport Nothing { get; } = new(0, 0, [], []);
}
