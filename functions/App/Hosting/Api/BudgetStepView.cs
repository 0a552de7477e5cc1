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

    public static BudgetStepView Of(BudgetStep step, KeptStep kept, StepReach? reach)
    {
        var isComing = kept.Phase is BudgetPhase.Announced or BudgetPhase.InGrace;
        return new BudgetStepView(step.Name, step.Kind, step.When, kept.Phase)
        {
            ActsAt = isComing ? BudgetLadder.ActsAt(step, kept) : null,
            ActiveSince = kept.ActiveSince,
            AwaitsApproval = isComing && step.NeedsApproval && kept.ApprovedBy.Length == 0,
            RestsBecause = kept.RestsUntil is null ? null : kept.RestsBecause,
            Reach = reach,
        };
    }
}
