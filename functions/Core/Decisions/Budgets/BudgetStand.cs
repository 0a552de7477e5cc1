namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>That a budget took all instances of a resource away, and what there was before.</summary>
/// <param name="Budget">Name of the policy.</param>
/// <param name="Step">Name of the step.</param>
/// <param name="Instances">Instances before; they are brought back.</param>
/// <param name="Since">When it began.</param>
/// <param name="RestoresSince">Since when they are being brought back; absent while the step holds, or off-hours do.</param>
public sealed record BudgetStand(string Budget, string Step, int Instances, DateTimeOffset Since, DateTimeOffset? RestoresSince = null)
{
    /// <summary>Instances that could not be had in a day are left to the load.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <summary>The size of a machine that is started with another one, because Azure has no room for its own; absent where it is not.</summary>
    public string? OwnSize { get; init; }

    /// <summary>Until when the instances there were are a floor; absent while the step holds.</summary>
    public DateTimeOffset? RestoresUntil => RestoresSince + Patience;

    /// <summary>What is remembered once the resource was seen. The first step that takes instances away says what there was: later ones found less.</summary>
    /// <param name="before">What was remembered.</param>
    /// <param name="measures">What budgets make of it now.</param>
    /// <param name="capacity">Instances there are.</param>
    /// <param name="now">When.</param>
    /// <param name="isOff">Whether off-hours keep it down: it comes back after them, however long they last.</param>
    /// <param name="isHeld">Whether a person keeps everything from being written: that is not the time in which they could not be had.</param>
    public static BudgetStand? See(BudgetStand? before, IReadOnlyList<BudgetMeasure> measures, int capacity, DateTimeOffset now, bool isOff = false, bool isHeld = false) =>
        (before, measures.OfType<BudgetMeasure.StandDown>().FirstOrDefault()) switch
        {
            (null, { } down) => new BudgetStand(down.Budget, down.Step, capacity, now),
            ({ } stand, { } down) => stand with { Budget = down.Budget, Step = down.Step, RestoresSince = null },
            ({ } stand, null) when isOff => stand with { RestoresSince = null },
            ({ } stand, null) when stand.RestoresSince is null || (isHeld && capacity < stand.Instances) => stand with { RestoresSince = now },
            ({ } stand, null) when capacity >= stand.Instances || now >= stand.RestoresUntil => null,
            var (stand, _) => stand,
        };
}
