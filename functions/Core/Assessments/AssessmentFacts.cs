using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Assessments;

/// <summary>All that was read for an assessment.</summary>
public sealed record AssessmentFacts
{
    public required DateTimeOffset At { get; init; }

    public required AssessmentTerms Terms { get; init; }

    public required InventoryReading Inventory { get; init; }

    /// <summary>The resources that nobody else scales.</summary>
    public required IReadOnlyList<AssessedTarget> Targets { get; init; }

    public required IReadOnlyList<AssessedSetting> Settings { get; init; }

    /// <summary>What could not be read, beside what the inventory tells.</summary>
    public required IReadOnlyList<string> Gaps { get; init; }
}
