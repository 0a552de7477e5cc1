using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Where nothing counts spend, none is known: budgets tell so, and change nothing.</summary>
public sealed class UnknownSpend : ISpendSource, IBudgetSource
{
    public Task<SpendReading> ReadAsync(SpendScope scope, SpendPeriod period, bool amortized, CancellationToken cancellationToken) =>
        Task.FromResult<SpendReading>(new SpendReading.Missing("nothing here counts spend"));

    public Task<BudgetReading> ReadAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult<BudgetReading>(new BudgetReading.Missing("nothing here reads budgets of Azure"));
}
