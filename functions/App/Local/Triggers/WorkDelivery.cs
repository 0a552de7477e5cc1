using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Local.Triggers;

/// <summary>How queue messages are delivered on this machine, whoever calls the functions: as the Functions host does it.</summary>
internal static class WorkDelivery
{
    /// <summary>Deliveries of a queue message before it counts as poisoned: the host's <c>maxDequeueCount</c>.</summary>
    public const int MostDeliveries = 5;

    /// <summary>Longer than a call may take, so that a message is never worked on twice at once.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>Whether a message that fails now is put aside: it was delivered often enough.</summary>
    public static bool IsLast(ReceivedWork work) => work.DequeueCount >= MostDeliveries;

    /// <summary>Removes a message that is done, gives one that failed back at once, or puts it aside when it was delivered often enough.</summary>
    public static Task SettleAsync(this IWorkSource queues, ReceivedWork work, bool isDone, CancellationToken cancellationToken) =>
        isDone ? queues.CompleteAsync(work, cancellationToken)
        : IsLast(work) ? queues.PoisonAsync(work, cancellationToken)
        : queues.AbandonAsync(work, TimeSpan.Zero, cancellationToken);
}
