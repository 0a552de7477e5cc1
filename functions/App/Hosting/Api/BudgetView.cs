using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>A budget, what is spent of it, and how far its ladder is.</summary>
/// <param name="Name">Name of the policy.</param>
/// <param name="Scope">What counts.</param>
/// <param name="Mode">Whether steps are carried out.</param>
/// <param name="Steps">The mildest first.</param>
internal sealed record BudgetView(string Name, string Scope, PolicyMode Mode, IReadOnlyList<BudgetStepView> Steps)
{
    public required string Currency { get; init; }

    /// <summary>Tags that what counts carries; empty where all of the scope counts.</summary>
    public string Tags { get; init; } = "";

    /// <summary>The period that runs; absent before the first look.</summary>
    public SpendPeriod? Period { get; init; }

    /// <summary>The money when it was last known; absent before that.</summary>
    public BudgetFigures? Figures { get; init; }

    /// <summary>What was spent day by day when that was last known; absent before that.</summary>
    public SpendCourse? Course { get; init; }

    /// <summary>What Azure itself says is spent of its budget in the period; absent where it does not tell, or the amount is the policy's.</summary>
    public decimal? SpentByAzure { get; init; }

    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>Why it could not be judged at the last look; empty when it was.</summary>
    public string NotJudged { get; init; } = "";

    /// <summary>How far the forecast is over the amount.</summary>
    public decimal Overspend { get; init; }

    /// <summary>What all steps together can save at most beyond what they have taken.</summary>
    public decimal Reach { get; init; }

    /// <summary>Why it may be more; empty when nothing is left out.</summary>
    public string ReachDoubt { get; init; } = "";

    /// <summary>Whether people were told in the period that it is too little. It stays so until the period ends; whether it is so now, overspend and reach tell.</summary>
    public bool IsOutOfReach { get; init; }

    public static BudgetView Of(BudgetAlertsPolicy policy, BudgetRecord record) => new(
        policy.Name, policy.Scope, policy.Mode,
        [.. policy.Ladder.Select(step => BudgetStepView.Of(policy, step, record))])
    {
        Currency = policy.Currency,
        Tags = string.Join(", ", policy.Tags.OrderBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase).Select(tag => $"{tag.Key}: {string.Join(" or ", tag.Value)}")),
        Period = record.Ladder.Period,
        Figures = record.Figures,
        Course = record.Course is { } course && course.From == record.Ladder.Period?.Start ? course : null,
        SpentByAzure = record.SpentByAzure,
        LookedAt = record.LookedAt,
        NotJudged = record.NotJudged,
        Overspend = record.Figures is { } figures ? Math.Max(0, figures.Expected - figures.Amount) : 0,
        Reach = record.Reach.Sum(step => step.Saves),
        ReachDoubt = record.ReachDoubt,
        IsOutOfReach = record.Ladder.IsOutOfReach,
    };

    public static async Task<IReadOnlyList<BudgetView>> ListAsync(PolicySet policies, BudgetStates states, CancellationToken cancellationToken)
    {
        List<BudgetView> views = [];
        foreach (var policy in policies.BudgetAlerts)
        {
            views.Add(Of(policy, (await states.ReadAsync(policy.Name, cancellationToken)).Record));
        }

        return views;
    }
}
