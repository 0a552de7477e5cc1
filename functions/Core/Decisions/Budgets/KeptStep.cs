using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>What is remembered of a step between two looks at a budget.</summary>
public sealed record KeptStep
{
    /// <summary>As the policy calls it.</summary>
    public required string Name { get; init; }

    public BudgetPhase Phase { get; init; }

    /// <summary>What it was announced as, and for what: one that changed is announced anew. Absent while it is idle.</summary>
    public BudgetStepKind? Kind { get; init; }

    /// <summary>Whether its policy carries it out; when it only told so far, nobody was warned.</summary>
    public PolicyMode? Mode { get; init; }

    public DateTimeOffset? AnnouncedAt { get; init; }

    /// <summary>When it was told a last time; its grace begins then, however late that was.</summary>
    public DateTimeOffset? GraceSince { get; init; }

    /// <summary>Since when an announced step has been known not to be wanted; absent while it is.</summary>
    public DateTimeOffset? UnwantedSince { get; init; }

    public DateTimeOffset? ActiveSince { get; init; }

    public DateTimeOffset? UndoSince { get; init; }

    public UndoCause Cause { get; init; }

    /// <summary>Who said yes; empty when nobody did yet.</summary>
    public string ApprovedBy { get => field ?? ""; init; } = "";

    /// <summary>A person said no: it is not wanted before this day.</summary>
    public DateOnly? RestsUntil { get; init; }

    /// <summary>Who, and why.</summary>
    public string RestsBecause { get => field ?? ""; init; } = "";
}
