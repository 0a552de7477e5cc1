using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What the queue-triggered functions do: evaluate a batch, look at an action.</summary>
public sealed class BatchCycle(ScalingCycle cycle, TickLedger ledger, IWorkQueue queue, CycleOptions options, TimeProvider time)
{
    /// <summary>Evaluates a batch. A message that is late, or of a tick that is over, is dropped: the newer one decides on newer data.</summary>
    /// <returns>What was done; nothing when it was dropped.</returns>
    public async Task<TickReport?> EvaluateAsync(PolicySet policies, EvaluateRequest request, CancellationToken cancellationToken)
    {
        var latest = await ledger.LatestAsync(cancellationToken).ConfigureAwait(false);
        if (time.GetUtcNow() >= request.ExpiresAt || latest?.TickId != request.TickId)
        {
            return null;
        }

        var batch = await cycle.EvaluateAsync(policies, request, cancellationToken).ConfigureAwait(false);
        await ledger.ReportAsync(request, batch.Ledger, cancellationToken).ConfigureAwait(false);
        CycleMeter.Took("batch", time.GetUtcNow() - request.TickAt);
        foreach (var target in batch.Acted)
        {
            await queue.SendAsync(VerifyMessages.Later(target, options.Interval), cancellationToken).ConfigureAwait(false);
        }

        return batch.Report;
    }

    /// <summary>
    /// Looks at how an action went. It asks for no other look: every tick looks at what is still open, and looks that ask for
    /// the next would add up for as long as an action stays open.
    /// </summary>
    public Task<IReadOnlyList<TargetReport>> VerifyAsync(TargetId target, CancellationToken cancellationToken) =>
        cycle.VerifyAsync(target, cancellationToken);
}
