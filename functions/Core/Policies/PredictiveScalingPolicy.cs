using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.Policies;

/// <summary>How a workload is scaled ahead of its load (<c>kind: PredictiveScaling</c>).</summary>
public sealed record PredictiveScalingPolicy
{
    public required string Name { get; init; }

    /// <summary>Whom to ask; empty when not said.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Name of the workload it applies to.</summary>
    public required string Workload { get; init; }

    public required PredictiveMode Mode { get; init; }

    /// <summary>The signal whose load is forecast; absent: the first one that is kept at a target.</summary>
    public string? Signal { get; init; }

    public ForecastRisk Risk { get; init; } = ForecastRisk.Balanced;

    /// <summary>Time from asking for an instance until it serves; absent: as measured on the target.</summary>
    public TimeSpan? Lead { get; init; }

    /// <summary>Days of which the forecast learns nothing and on which it raises nothing: they are not like those before.</summary>
    public DaysOff DaysOff { get; init; } = DaysOff.None;

    /// <summary>A maximum above that of the policy, while and only while the forecast asks for it.</summary>
    public int? RaisedMaximum { get; init; }

    public required PolicySource Source { get; init; }

    /// <summary>Names of the policies it is laid over, nearest first.</summary>
    public IReadOnlyList<string> Extends { get; init; } = [];

    /// <summary>What guardrails made of it.</summary>
    public IReadOnlyList<PolicyNarrowing> Narrowings { get; init; } = [];

    public PolicyOrigins Origins { get; init; } = PolicyOrigins.None;

    /// <summary>The target whose signal is forecast; null when the load-based policy keeps none.</summary>
    public TargetTrackingPolicy? Tracked(LoadBasedScalingPolicy? loadBased) =>
        loadBased?.TargetTracking.FirstOrDefault(tracking => Signal is null || tracking.Signal == Signal);
}
