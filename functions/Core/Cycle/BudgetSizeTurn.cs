using ScaleFunctions.Core.Decisions.Budgets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What a step of a budget makes of the size of a target in its turn.</summary>
public abstract record BudgetSizeTurn
{
    private BudgetSizeTurn()
    {
    }

    /// <summary>It shall get a cheaper one, where that carries the load.</summary>
    public sealed record Lower(BudgetMeasure.CheaperSize Measure) : BudgetSizeTurn;

    /// <summary>It keeps the cheaper one: no other policy changes it meanwhile.</summary>
    public sealed record Hold(BudgetSize Kept) : BudgetSizeTurn;

    /// <summary>It gets the size back that it had.</summary>
    public sealed record Return(BudgetSize Kept) : BudgetSizeTurn;
}
