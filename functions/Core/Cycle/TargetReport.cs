using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What a tick did with one target, for the faces.</summary>
public sealed record TargetReport
{
    public required TargetId Target { get; init; }

    public required DateTimeOffset At { get; init; }

    public required int Current { get; init; }

    /// <summary>Instances asked for, or that would have been; the current count when nothing changes.</summary>
    public required int Goal { get; init; }

    public required ReportKind Kind { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Text { get; init; }

    /// <summary>What would have changed the decision; empty when unknown.</summary>
    public string Counterfactual { get; init; } = "";

    /// <summary>Whether it is about the size of the instances, beside what was decided on their number.</summary>
    public bool IsOfSize { get; init; }

    /// <summary>Whether the same was told of this target at the evaluation before.</summary>
    public bool IsRepetition { get; init; }
}
