namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Sends work to functions that a queue triggers. A message is only a hint: it may come late, twice or never, and what it
/// asks for is decided anew from the state when it comes.
/// </summary>
public interface IWorkQueue
{
    /// <summary>Sends a message.</summary>
    /// <exception cref="WorkQueueException">The queue did not take it; nothing is lost but the hint.</exception>
    Task SendAsync(WorkMessage message, CancellationToken cancellationToken);
}
