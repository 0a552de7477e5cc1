using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>Why a step of a ladder moved, as case and numbers; text is made of it in the journal.</summary>
public abstract record LadderReason
{
    private LadderReason()
    {
    }

    /// <summary>Spend, or what is expected of it, is at a limit.</summary>
    public sealed record Reached(BudgetBasis Basis, double Percent, double Limit) : LadderReason;

    /// <summary>The forecast has been low for long enough.</summary>
    public sealed record Calm(double Percent, double Below, DateTimeOffset Since) : LadderReason;

    /// <summary>The period is over.</summary>
    public sealed record PeriodTurned(SpendPeriod Over) : LadderReason;

    public sealed record Refused(string By, string Why) : LadderReason;

    /// <summary>The policy has no such step any more.</summary>
    public sealed record NotInPolicy : LadderReason;

    /// <summary>The policy made another one of it, or carries out what it only told before.</summary>
    public sealed record Changed : LadderReason;

    /// <summary>It is undone for all resources.</summary>
    public sealed record AllRestored(UndoCause Cause) : LadderReason;
}
