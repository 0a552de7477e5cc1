using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;

namespace ScaleFunctions.Core.State;

/// <summary>How budgets come into the fleet's chain of the journal.</summary>
public static class BudgetTransitions
{
    public static FleetRow TellBudget(this FleetRow row, string text, BudgetFacts facts, DateTimeOffset now, string actor) =>
        row.Tell(now, JournalKind.Budget, actor, text, facts, FactsJson.Default.BudgetFacts);
}
