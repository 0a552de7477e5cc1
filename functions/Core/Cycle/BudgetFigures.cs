using ScaleFunctions.Core.Decisions.Budgets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>The money of a budget at a moment, for faces.</summary>
/// <param name="At">When.</param>
/// <param name="Amount">What may be spent.</param>
/// <param name="Currency">ISO 4217 code of all amounts.</param>
/// <param name="Spent">So far in the period.</param>
/// <param name="Expected">Of the whole period, as likely to be passed as not.</param>
/// <param name="Pessimistic">Of the whole period, passed once in ten times.</param>
/// <param name="Coverage">Part of the spend, from 0 to 1, that is counted as it happens.</param>
public sealed record BudgetFigures(
    DateTimeOffset At, decimal Amount, string Currency, decimal Spent, decimal Expected, decimal Pessimistic, double Coverage)
{
    internal static BudgetFigures Of(BudgetJudgement.Judged judged, string currency, DateTimeOffset at) =>
        new(at, judged.Amount, currency, judged.Spent, judged.Expected, judged.Pessimistic, judged.Coverage);
}
