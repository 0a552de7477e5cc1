using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>What is remembered of a budget between two looks at it.</summary>
public sealed record KeptLadder
{
    public static KeptLadder New { get; } = new();

    /// <summary>The period that was looked at last; absent before the first look.</summary>
    public SpendPeriod? Period { get; init; }

    public IReadOnlyList<KeptStep> Steps { get => field ?? []; init; } = [];

    /// <summary>Thresholds that were told in the period.</summary>
    public IReadOnlyList<string> Told { get => field ?? []; init; } = [];

    /// <summary>Since when the forecast has been low without a gap; absent while it is not, or is not known.</summary>
    public DateTimeOffset? CalmSince { get; init; }

    /// <summary>When it was seen to be low last; absent while it is not, or is not known.</summary>
    public DateTimeOffset? CalmAt { get; init; }

    /// <summary>Whether people were told in the period that the whole ladder does not reach far enough.</summary>
    public bool IsOutOfReach { get; init; }

    public KeptStep Of(string name) => Steps.FirstOrDefault(step => step.Name == name) ?? new KeptStep { Name = name };
}
