namespace ScaleFunctions.Core.Policies;

/// <summary>How a workload follows its load (<c>kind: LoadBasedScaling</c>).</summary>
public sealed record LoadBasedScalingPolicy
{
    public required string Name { get; init; }

    /// <summary>Whom to ask; empty when not said.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Name of the workload it applies to.</summary>
    public required string Workload { get; init; }

    public required IReadOnlyList<SignalPolicy> Signals { get; init; }

    public required IReadOnlyList<TargetTrackingPolicy> TargetTracking { get; init; }

    /// <summary>Steps beside, or instead of, target tracking.</summary>
    public IReadOnlyList<StepPolicy> Steps { get; init; } = [];

    /// <summary>Signals that forbid scaling in.</summary>
    public IReadOnlyList<VetoPolicy> Vetoes { get; init; } = [];

    /// <summary>Whether a rule follows the signal, or has to see it before it lowers; what only a formula uses does not count.</summary>
    public bool Follows(string signal) =>
        TargetTracking.Any(tracking => tracking.Signal == signal) || Steps.Any(step => step.Signal == signal) || Vetoes.Any(veto => veto.Signal == signal);

    /// <summary>Whether a formula uses the signal.</summary>
    public bool Calculates(string signal) => (
        from other in Signals
        let formula = (other.From as SignalSource.Calculated)?.Formula
        where formula?.Signals.Any(operand => operand.Name == signal) is true
        select other).Any();

    public required PolicySource Source { get; init; }

    /// <summary>Names of the policies it is laid over, nearest first.</summary>
    public IReadOnlyList<string> Extends { get; init; } = [];

    public PolicyOrigins Origins { get; init; } = PolicyOrigins.None;
}
