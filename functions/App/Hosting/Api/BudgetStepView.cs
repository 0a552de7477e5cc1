using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>A step of a ladder.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it does.</param>
/// <param name="When">Its limits, in percent of the amount.</param>
/// <param name="Phase">How far it is.</param>
internal sealed record BudgetStepView(string Name, BudgetStepKind Kind, BudgetTrigger When, BudgetPhase Phase)
{
    /// <summary>When it acts at the earliest, where it is announced.</summary>
    public DateTimeOffset? ActsAt { get; init; }

    public DateTimeOffset? ActiveSince { get; init; }

    /// <summary>Whether a person has to say yes, and nobody has yet.</summary>
    public bool AwaitsApproval { get; init; }

    /// <summary>Who wants it to rest until the period ends, and why; absent when nobody does.</summary>
    public string? RestsBecause { get; init; }

    /// <summary>What it can save, as of the last look; absent when spend was within the amount.</summary>
    public StepReach? Reach { get; init; }

    /// <summary>The request for a yes that was made last; absent where none was.</summary>
    public string? Approval { get; init; }

    /// <summary>Since when it is announced; absent while it is idle.</summary>
    public DateTimeOffset? AnnouncedAt { get; init; }

    /// <summary>When what is left comes back, where it is being undone.</summary>
    public DateTimeOffset? BackAt { get; init; }

    public static BudgetStepView Of(BudgetAlertsPolicy policy, BudgetStep step, BudgetRecord record)
    {
        var kept = record.Ladder.Of(step.Name);
        var isComing = kept.Phase is BudgetPhase.Announced or BudgetPhase.InGrace;
        return new BudgetStepView(step.Name, step.Kind, step.When, kept.Phase)
        {
            ActsAt = isComing ? BudgetLadder.ActsAt(step, kept) : null,
            ActiveSince = kept.ActiveSince,
            AwaitsApproval = isComing && step.NeedsApproval && kept.ApprovedBy.Length == 0,
            Approval = record.Asked.GetValueOrDefault(step.Name),
            AnnouncedAt = kept.Phase == BudgetPhase.Idle ? null : kept.AnnouncedAt,
            BackAt = kept.Phase == BudgetPhase.Undoing ? kept.UndoSince + policy.Undo.RestAfter : null,
            RestsBecause = kept.RestsUntil is null ? null : kept.RestsBecause,
            Reach = record.Reach.FirstOrDefault(each => each.Step == step.Name),
        };
    }
}
