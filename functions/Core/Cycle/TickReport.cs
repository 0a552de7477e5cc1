namespace ScaleFunctions.Core.Cycle;

/// <summary>What one tick did.</summary>
public sealed record TickReport
{
    public required DateTimeOffset At { get; init; }

    public required IReadOnlyList<TargetReport> Targets { get; init; }

    /// <summary>Capacity writes sent to Azure.</summary>
    public required int Writes { get; init; }

    /// <summary>Evaluations made.</summary>
    public required int Decisions { get; init; }
}
