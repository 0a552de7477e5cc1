using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>Takes in what is said of budgets at once, where no topic of Event Grid is set up.</summary>
internal sealed class DirectBudgetEvents(BudgetIntake intake) : IBudgetEvents
{
    public async Task PublishAsync(string id, BudgetSignal signal, DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            await intake.TakeAsync(id, signal, at, cancellationToken);
        }
        catch (Exception exception) when (exception is StateStoreException or WorkQueueException)
        {
            throw new BudgetEventException($"it could not be taken in: {exception.Message}", exception);
        }
    }
}
