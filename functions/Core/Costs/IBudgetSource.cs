namespace ScaleFunctions.Core.Costs;

/// <summary>Reads budgets of Azure with our own identity: an event about one is only a hint.</summary>
public interface IBudgetSource
{
    /// <summary>One budget. Whatever goes wrong is <see cref="BudgetReading.Missing"/>, never an exception.</summary>
    /// <param name="id">Id of Resource Manager.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<BudgetReading> ReadAsync(string id, CancellationToken cancellationToken);
}
