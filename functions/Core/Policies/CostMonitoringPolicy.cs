using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Core.Policies;

/// <summary>What of the spend is counted and told (<c>kind: CostMonitoring</c>). It changes nothing in Azure.</summary>
public sealed record CostMonitoringPolicy
{
    /// <summary>What is told where the policy names no scopes.</summary>
    public static MonitoredScope Everything { get; } = new("everything");

    public required string Name { get; init; }

    /// <summary>Whom to ask; empty when not said.</summary>
    public string Owner { get; init; } = "";

    public IReadOnlyList<MonitoredScope> Scopes { get; init; } = [Everything];

    /// <summary>ISO 4217 code that is counted in: that of the bill, for nothing is converted.</summary>
    public string Currency { get; init; } = "USD";

    public CostBasis Basis { get; init; } = CostBasis.Negotiated;

    /// <summary>More than usual by such a part of it is told as an anomaly, 0 to 1.</summary>
    public double AnomalyAbove { get; init; } = 0.3;

    /// <summary>…and by such an amount an hour.</summary>
    public decimal AnomalyPerHour { get; init; } = 1;

    public required PolicySource Source { get; init; }

    public PolicyOrigins Origins { get; init; } = PolicyOrigins.None;
}
