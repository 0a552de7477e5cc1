namespace ScaleFunctions.Core.Cycle;

/// <summary>Publishes what is said of budgets, for the function that takes it in.</summary>
public interface IBudgetEvents
{
    /// <exception cref="BudgetEventException">It could not be published.</exception>
    Task PublishAsync(string id, BudgetSignal signal, DateTimeOffset at, CancellationToken cancellationToken);
}
