using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What a look at budgets reads.</summary>
/// <param name="Spend">What was spent, and is expected to be.</param>
/// <param name="Budgets">Budgets of Azure.</param>
/// <param name="Inventory">What there is that steps could change.</param>
/// <param name="Prices">What it costs.</param>
public sealed record BudgetSources(ISpendSource Spend, IBudgetSource Budgets, ITargetInventory Inventory, IPriceSource Prices);
