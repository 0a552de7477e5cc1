using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.State;

/// <summary>How a target's row learns of somebody else's operation: one that keeps a change waiting for long is told once, and again when it is over.</summary>
public static class ForeignOperationTransitions
{
    /// <summary>Azure's own operations on a scale set end within minutes; a rolling upgrade of a large one may take this long.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(60);

    /// <summary>Notes whether an operation runs.</summary>
    /// <param name="row">The target's row.</param>
    /// <param name="isRunning">Whether Azure says that the resource is being changed.</param>
    /// <param name="keepsWaiting">Whether something would be changed if it were not.</param>
    /// <param name="now">The time.</param>
    /// <param name="actor">The worker's name.</param>
    public static TargetRow SeeOperation(this TargetRow row, bool isRunning, bool keepsWaiting, DateTimeOffset now, string actor)
    {
        if (!isRunning || row.Intent is not null)
        {
            return row.Foreign is { ToldAt: not null } over
                ? (row with { Foreign = null }).Tell(
                    now, JournalKind.ForeignOperation, actor, $"the operation that ran since {over.Since:u} has ended",
                    new ForeignOperationFacts(over.Since, IsOver: true), FactsJson.Default.ForeignOperationFacts)
                : row.Foreign is null ? row : row with { Foreign = null };
        }

        // What ran before an outage of ours may have ended meanwhile. A time to come was noted by a clock that was wrong.
        var known = row.Foreign is { } seen && seen.Since <= now && now - row.EvaluatedAt <= TargetTransitions.Outage ? seen : new ForeignOperation(now);
        if (known.ToldAt is not null || !keepsWaiting || now - known.Since < Deadline)
        {
            return known == row.Foreign ? row : row with { Foreign = known };
        }

        return (row with { Foreign = known with { ToldAt = now } }).Tell(
            now, JournalKind.ForeignOperation, actor, Text(row.Target, known), new ForeignOperationFacts(known.Since, IsOver: false),
            FactsJson.Default.ForeignOperationFacts);
    }

    /// <summary>What a person is told, once.</summary>
    public static string Text(TargetId target, ForeignOperation operation) =>
        $"an operation that is not ours runs on {target.Name} since {operation.Since:u}, and a change waits for it; it is not pre-empted. Please look at the resource's operations";
}
