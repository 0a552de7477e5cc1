using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Looks whether messages were put aside because they failed again and again, and tells it once. Nothing is lost with them,
/// since every tick looks at everything that is open; but whatever made them fail needs a person.
/// </summary>
public sealed class PoisonWatch(IWorkSource queues, RowStore rows, CycleOptions options, TimeProvider time)
{
    /// <summary>Counts them and journals it when there are more than were told of before.</summary>
    /// <returns>What was told; nothing when there is nothing new.</returns>
    /// <exception cref="WorkQueueException">The queues cannot be counted.</exception>
    public async Task<string?> LookAsync(CancellationToken cancellationToken)
    {
        var counts = new List<(WorkKind Kind, int Messages)>();
        foreach (var kind in Enum.GetValues<WorkKind>())
        {
            counts.Add((kind, await queues.CountPoisonAsync(kind, cancellationToken).ConfigureAwait(false)));
            if (CycleMeter.CountsQueues)
            {
                CycleMeter.Waiting(kind, await queues.CountAsync(kind, cancellationToken).ConfigureAwait(false));
            }
        }

        var total = counts.Sum(count => count.Messages);
        var known = await rows.ReadFleetAsync(cancellationToken).ConfigureAwait(false);
        if (known.PoisonedMessages == total)
        {
            return null;
        }

        var where = string.Join(" and ", counts.Where(count => count.Messages > 0).Select(count => $"{count.Messages} to {count.Kind}"));
        var text = $"messages that failed again and again were put aside into the poison queues: {where}; "
            + "what they asked for is looked at again by each tick, but why they failed needs a person";
        await rows.ChangeFleetAsync(
            row => row.CountPoison(total, text, time.GetUtcNow(), options.Worker), cancellationToken).ConfigureAwait(false);
        return total > known.PoisonedMessages ? text : null;
    }
}
