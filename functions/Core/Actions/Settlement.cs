using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Actions;

/// <summary>
/// Judges an open action by what Azure says now: by the operation and by the resource, because either alone has been
/// seen to tell less than the truth (an operation that failed on a resource that says it succeeded).
/// </summary>
public static class Settlement
{
    /// <summary>An operation on a scale set is given up after this time, as cluster-autoscaler does.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long a write without an answer may still arrive: the client's own time-out of 30 s and room for what is under
    /// way. Before that, an unchanged resource proves nothing.
    /// </summary>
    public static readonly TimeSpan ArrivalDoubt = TimeSpan.FromMinutes(2);

    /// <summary>The end of the action, or nothing as long as it is not known.</summary>
    public static IntentEnd? Judge(Intent intent, CapacityReading reading, OperationReading? operation, DateTimeOffset now)
    {
        if (intent.Phase == IntentPhase.Opened)
        {
            return new IntentEnd.NotSent("the worker ended before it was sent");
        }

        var sentAt = intent.SentAt ?? intent.OpenedAt;
        var overdue = now - sentAt >= Deadline ? new IntentEnd.TimedOut(now - sentAt) : null;
        return reading switch
        {
            CapacityReading.Gone => new IntentEnd.Gone(),
            CapacityReading.Read read => operation switch
            {
                OperationReading.Failed failed => new IntentEnd.Failed(failed.Class, failed.Code, failed.Message, read.Capacity),
                OperationReading.Succeeded => intent.Upgrade is null ? Landed(intent, read) : new IntentEnd.Done(),
                OperationReading.Running => overdue,
                _ when read.IsUpdating => overdue,
                _ when intent.Upgrade is not null => now - sentAt >= ArrivalDoubt ? new IntentEnd.Unanswered() : null,
                _ => ByResource(intent, read, now - sentAt),
            },
            _ => null,
        };
    }

    private static IntentEnd? ByResource(Intent intent, CapacityReading.Read read, TimeSpan age)
    {
        if (HasGoal(intent, read) || intent.Phase == IntentPhase.Accepted)
        {
            return Landed(intent, read);
        }

        if (age < ArrivalDoubt)
        {
            return null;
        }

        // The same capacity on another version of the resource is no proof: the write may have landed and been taken back.
        return (read.Capacity, read.ETag, read.Sku) == (intent.Base.Capacity, intent.Base.ETag, intent.Base.Sku)
            ? new IntentEnd.NotLanded()
            : new IntentEnd.Overtaken(read.Capacity);
    }

    private static IntentEnd Landed(Intent intent, CapacityReading.Read read) =>
        HasGoal(intent, read) ? new IntentEnd.Done() : new IntentEnd.Overtaken(read.Capacity);

    /// <summary>Of a new size that alone counts: the count written with it is what there was, and anybody may change it since.</summary>
    private static bool HasGoal(Intent intent, CapacityReading.Read read) => intent.Size is { } size
        ? string.Equals(read.Sku, size, StringComparison.OrdinalIgnoreCase)
        : read.Capacity == intent.Goal;
}
