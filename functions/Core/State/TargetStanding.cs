using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.State;

/// <summary>
/// How a target stood at its last evaluation: what the policies ask of it and what the signals said. Kept on the row so that the
/// faces can tell without asking Azure again.
/// </summary>
public sealed record TargetStanding
{
    public required string Workload { get; init; }

    /// <summary>What holds for the target: the workload's mode under what the installation allows.</summary>
    public required PolicyMode Mode { get; init; }

    public required int Minimum { get; init; }

    public required int Maximum { get; init; }

    public required string Region { get; init; }

    public required string Sku { get; init; }

    /// <summary>How long it may be kept on in off-hours at most; absent where nothing puts it off.</summary>
    public TimeSpan? LongestSnooze { get; init; }

    public required IReadOnlyList<SignalStanding> Signals { get; init; }
}
