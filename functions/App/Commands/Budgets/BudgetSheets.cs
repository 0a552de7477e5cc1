using System.Globalization;
using ScaleFunctions.App.Hosting.Api;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Commands.Budgets;

/// <summary>Budgets as rows of text.</summary>
internal static class BudgetSheets
{
    public static Sheet All(IReadOnlyList<BudgetView> budgets)
    {
        var sheet = new Sheet("budget", "period", "amount", "spent", "expected", "covered", "in force", "what is wrong");
        foreach (var budget in budgets)
        {
            sheet.Add(
                budget.Name, Period(budget), Money(budget, budget.Figures?.Amount), Money(budget, budget.Figures?.Spent), Money(budget, budget.Figures?.Expected),
                budget.Figures is { } figures ? BudgetText.Percent(100 * figures.Coverage) : "",
                string.Join(", ", budget.Steps.Where(step => step.Phase == BudgetPhase.Active).Select(step => step.Name)),
                budget.NotJudged.Length > 0 ? budget.NotJudged : budget.IsOutOfReach ? $"the ladder reaches {BudgetText.Money(budget.Reach, budget.Currency)} of {BudgetText.Money(budget.Overspend, budget.Currency)}" : "");
        }

        return sheet;
    }

    public static Sheet Ladder(BudgetView budget)
    {
        var sheet = new Sheet("step", "at", "stands", "can save", "resources", "remark");
        foreach (var step in budget.Steps)
        {
            sheet.Add(
                step.Name, Limits(step.When), Stands(step), step.Reach is { } reach && step.Kind != BudgetStepKind.Notify ? BudgetText.Money(reach.Saves, budget.Currency) : "",
                step.Reach is { } of && step.Kind != BudgetStepKind.Notify ? of.Resources.ToString(CultureInfo.InvariantCulture) : "", Remark(step, budget.Currency));
        }

        return sheet;
    }

    public static string Summary(BudgetView budget)
    {
        var money = budget.Figures is { } figures
            ? $"{BudgetText.Money(figures.Spent, budget.Currency)} spent and {BudgetText.Money(figures.Expected, budget.Currency)} expected of {BudgetText.Money(figures.Amount, budget.Currency)}, as of {figures.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC"
            : "nothing is known of its spend yet";
        var over = budget.Overspend > 0
            ? $"\nover by {BudgetText.Money(budget.Overspend, budget.Currency)}; all steps together reach {BudgetText.Money(budget.Reach, budget.Currency)}{(budget.ReachDoubt.Length > 0 ? $" or more ({budget.ReachDoubt})" : budget.Reach < budget.Overspend ? ": a person has to look" : "")}"
            : "";
        return $"{budget.Name} ({Period(budget)}): {money}{over}{(budget.NotJudged.Length > 0 ? $"\nnot judged: {budget.NotJudged}" : "")}{(budget.Mode == PolicyMode.Observe ? "\nthe policy observes: steps are told, nothing is changed" : "")}";
    }

    private static string Period(BudgetView budget) => budget.Period is { } period ? $"{period.Start:yyyy-MM-dd} to {period.End.AddDays(-1):yyyy-MM-dd}" : "";

    private static string Money(BudgetView budget, decimal? amount) => amount is { } known ? BudgetText.Money(known, budget.Currency) : "";

    private static string Limits(BudgetTrigger when) => string.Join(" or ", new[]
    {
        when.Actual is { } actual ? $"{BudgetText.Percent(actual)} spent" : null,
        when.Forecast is { } forecast ? $"{BudgetText.Percent(forecast)} expected" : null,
    }.OfType<string>());

    private static string Stands(BudgetStepView step) => step switch
    {
        { RestsBecause: not null } => "rests",
        { Phase: BudgetPhase.Announced, ActsAt: { } at } => $"announced, acts {at.UtcDateTime:yyyy-MM-dd HH:mm}",
        { Phase: BudgetPhase.InGrace, ActsAt: { } at } => $"in grace, acts {at.UtcDateTime:yyyy-MM-dd HH:mm}",
        { Phase: BudgetPhase.Active, ActiveSince: { } since } => $"in force since {since.UtcDateTime:yyyy-MM-dd HH:mm}",
        { Phase: BudgetPhase.Undoing } => "is being undone",
        _ => "",
    };

    private static string Remark(BudgetStepView step, string currency) => string.Join("; ", new[]
    {
        step.AwaitsApproval ? "waits for an approval" : null,
        step.RestsBecause,
        step.Reach is { NotPriced: > 0 and var without } ? $"{without} without a price" : null,
        step.Reach is { Prevents: > 0 and var prevents } ? $"prevents up to {BudgetText.Money(prevents, currency)} more" : null,
    }.OfType<string>());
}
