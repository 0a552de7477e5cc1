namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// The receiving side of the work queues, for the trigger host we run ourselves; on Azure the Functions host receives. Delivery
/// is at least once: a message comes again, with a higher dequeue count, unless it is completed or poisoned before its lease ends.
/// </summary>
/// <remarks>Every method throws <see cref="WorkQueueException"/> when the queue cannot be reached or answers with a fault.</remarks>
public interface IWorkSource
{
    /// <summary>Most messages in one call, and the longest lease: what Azure's queues allow.</summary>
    const int MostReceived = 32;

    /// <summary>The shortest lease.</summary>
    static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(1);

    /// <summary>The longest lease, and the longest delay of an abandoned message.</summary>
    static readonly TimeSpan LongestLease = TimeSpan.FromDays(7);

    /// <summary>Takes messages that are visible now, for the time of a lease; none when there are none.</summary>
    /// <param name="kind">The queue.</param>
    /// <param name="most">At most so many, 1 to <see cref="MostReceived"/>.</param>
    /// <param name="lease">Nobody else gets them for so long; a queue that counts in seconds rounds up.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<ReceivedWork>> ReceiveAsync(WorkKind kind, int most, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Removes a message: its work is done.</summary>
    Task<WorkSettlement> CompleteAsync(ReceivedWork work, CancellationToken cancellationToken);

    /// <summary>Gives a message back, to be delivered again after a while; one that expires by then is dropped.</summary>
    Task<WorkSettlement> AbandonAsync(ReceivedWork work, TimeSpan visibleAfter, CancellationToken cancellationToken);

    /// <summary>Moves a message to the queue of those that nobody could handle, where it is kept for people.</summary>
    /// <remarks>It is added there before it is removed here, so that it is never lost; it may come to be there twice.</remarks>
    Task<WorkSettlement> PoisonAsync(ReceivedWork work, CancellationToken cancellationToken);

    /// <summary>About how many messages there are, delayed and leased ones included.</summary>
    Task<int> CountAsync(WorkKind kind, CancellationToken cancellationToken);

    /// <summary>About how many messages nobody could handle.</summary>
    Task<int> CountPoisonAsync(WorkKind kind, CancellationToken cancellationToken);
}
