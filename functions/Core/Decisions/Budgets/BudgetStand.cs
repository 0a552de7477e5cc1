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

    /// <summary>That they were not had is remembered for so long, for people to be told.</summary>
    private static readonly TimeSpan ToldFor = TimeSpan.FromDays(1);

    /// <summary>Until when the instances there were are a floor; absent while the step holds.</summary>
    public DateTimeOffset? RestoresUntil => RestoresSince + Patience;

    /// <summary>How many our last action leaves; absent while instances are being brought back.</summary>
    public int? Left { get; init; }

    /// <summary>Whether no more than that were seen since: more are somebody's who wants them, and they are what there was.</summary>
    public bool IsDown { get; init; }

    /// <summary>Since when the instances there were are no longer asked for; absent while they are.</summary>
    public DateTimeOffset? GivenUpAt { get; init; }

    /// <summary>
    /// What is remembered with an action that takes instances away, in the write that stores it. The first action says what there was:
    /// later ones find less.
    /// </summary>
    /// <param name="before">What was remembered.</param>
    /// <param name="down">The step that takes them.</param>
    /// <param name="capacity">Instances there are.</param>
    /// <param name="goal">Instances that are left.</param>
    /// <param name="now">When.</param>
    public static BudgetStand Take(BudgetStand? before, BudgetMeasure.StandDown down, int capacity, int goal, DateTimeOffset now) =>
        (before ?? new BudgetStand(down.Budget, down.Step, capacity, now)) with { Budget = down.Budget, Step = down.Step, RestoresSince = null, Left = goal, IsDown = false };

    /// <summary>What is remembered once the resource was seen; nothing where nothing was taken.</summary>
    /// <param name="before">What was remembered.</param>
    /// <param name="measures">What budgets make of it now.</param>
    /// <param name="capacity">Instances there are.</param>
    /// <param name="now">When.</param>
    /// <param name="isOff">Whether off-hours keep it down: it comes back after them, however long they last.</param>
    /// <param name="isHeld">Whether a person keeps everything from being written: that is not the time in which they could not be had.</param>
    public static BudgetStand? See(BudgetStand? before, IReadOnlyList<BudgetMeasure> measures, int capacity, DateTimeOffset now, bool isOff = false, bool isHeld = false) =>
        (before, measures.OfType<BudgetMeasure.StandDown>().FirstOrDefault()) switch
        {
            (null, _) => null,
            ({ GivenUpAt: { } at } stand, var down) => down is not null || capacity >= stand.Instances || now >= at + ToldFor ? null : stand,
            ({ } stand, { } down) => stand.Kept(capacity) with { Budget = down.Budget, Step = down.Step, RestoresSince = null },
            ({ } stand, null) when isOff => stand with { RestoresSince = null, Left = null, IsDown = false },
            ({ } stand, null) when stand.RestoresSince is null || (isHeld && capacity < stand.Instances) => stand with { RestoresSince = now, Left = null, IsDown = false },
            ({ } stand, null) when capacity >= stand.Instances => null,
            ({ } stand, null) when now >= stand.RestoresUntil => stand with { GivenUpAt = now },
            var (stand, _) => stand,
        };

    /// <summary>What somebody else made of it while the step held is what there was.</summary>
    private BudgetStand Kept(int capacity) => capacity <= Left ? this with { IsDown = true }
        : this with { Instances = IsDown ? capacity : Math.Max(Instances, capacity) };
}
