namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>
/// That a budget gave a resource a cheaper size, and the size it had before. It is stored together with the action that changes the
/// size, so that nothing is made smaller of which nobody would know how it comes back.
/// </summary>
/// <param name="Budget">Name of the policy.</param>
/// <param name="Step">Name of the step.</param>
/// <param name="Own">The size before; it is brought back, however long that takes.</param>
/// <param name="Low">The size that was asked for.</param>
/// <param name="AskedAt">When a size was asked for last: the cheaper one, or its own again.</param>
public sealed record BudgetSize(string Budget, string Step, string Own, string Low, DateTimeOffset AskedAt)
{
    /// <summary>What Azure refused is asked for again after so long.</summary>
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMinutes(5);

    /// <summary>When it was first seen with the cheaper size, and nothing under way; absent before.</summary>
    public DateTimeOffset? LoweredAt { get; init; }

    /// <summary>Whether it is a machine that was stopped for the cheaper size, so that it may be stopped for the way back.</summary>
    public bool IsByStopping { get; init; }

    /// <summary>Whether somebody gave it another size meanwhile, or its guard its own: it is left alone until the step ends.</summary>
    public bool IsReleased { get; init; }

    /// <summary>Whether a size may be asked for again. What was in the future was so before the clock was put back.</summary>
    public bool IsDue(DateTimeOffset now) => AskedAt > now || now - AskedAt >= BetweenTries;

    /// <summary>What is remembered once the resource was seen.</summary>
    /// <param name="before">What was remembered.</param>
    /// <param name="measure">The step that holds now; absent when none does.</param>
    /// <param name="size">The size it has.</param>
    /// <param name="isSettled">Whether no change of ours is under way, nor one of off-hours: else what it has says nothing.</param>
    /// <param name="now">When.</param>
    public static BudgetSize? See(BudgetSize? before, BudgetMeasure.CheaperSize? measure, string size, bool isSettled, DateTimeOffset now)
    {
        if (before is null || !isSettled)
        {
            return before;
        }

        var (isLow, isOwn) = (Is(size, before.Low), Is(size, before.Own));
        if (measure is null)
        {
            // Back, never left, or with a size that somebody wanted.
            return isLow && !before.IsReleased ? before : null;
        }

        return before.IsReleased ? before
            : isLow ? before with { LoweredAt = before.LoweredAt ?? now, Budget = measure.Budget, Step = measure.Step }
            : isOwn && before.LoweredAt is null ? before
            : before with { IsReleased = true };
    }

    internal static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
