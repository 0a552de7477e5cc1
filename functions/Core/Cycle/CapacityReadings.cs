using System.Collections.Concurrent;
using ScaleFunctions.Core.Assessments;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Reads how busy resources were, as far as a metric of their processors tells.</summary>
/// <param name="metrics">How busy they were.</param>
/// <param name="kinds">The capacities that declared kinds may have; none are declared when absent.</param>
/// <param name="time">The present.</param>
public sealed class CapacityReadings(IMetricSource metrics, ResourceKinds? kinds, TimeProvider time)
{
    /// <summary>Azure answers for so many resources at once.</summary>
    private const int BatchSize = 50;

    private const int BatchesAtOnce = 4;

    /// <summary>Resources that are asked about together; those without such a metric are left out.</summary>
    public static IReadOnlyList<(ProcessorMetric Metric, IReadOnlyList<ObservedTarget> Targets)> Batches(IEnumerable<ObservedTarget> targets) =>
    [
        .. from target in targets
           let metric = ProcessorMetric.Of(target.Id, target.Sku)
           where metric is not null
           group target by (Subscription: target.Id.Subscription.ToLowerInvariant(), target.Region, Metric: metric) into like
           from batch in like.Chunk(BatchSize)
           select (like.Key.Metric, (IReadOnlyList<ObservedTarget>)batch),
    ];

    /// <summary>Adds how each used its capacity.</summary>
    /// <param name="batches">Who is asked about.</param>
    /// <param name="uses">By resource.</param>
    /// <param name="terms">How far back.</param>
    /// <param name="isDone">Told after each batch.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task ReadAsync(
        IEnumerable<(ProcessorMetric Metric, IReadOnlyList<ObservedTarget> Targets)> batches, ConcurrentDictionary<TargetId, CapacityUse> uses,
        AssessmentTerms terms, Action isDone, CancellationToken cancellationToken)
    {
        var histories = new MetricHistories(metrics, time);
        await Parallel.ForEachAsync(
            batches, new ParallelOptions { MaxDegreeOfParallelism = BatchesAtOnce, CancellationToken = cancellationToken }, async (batch, cancellation) =>
            {
                var answers = await histories.ReadAsync(batch.Targets, batch.Metric.Selector, terms.Span, terms.Grain, cancellation).ConfigureAwait(false);
                foreach (var target in batch.Targets)
                {
                    uses[target.Id] = CapacityUses.Of(target, batch.Metric, answers[target.Id], terms, kinds?.Of(target.Id.ResourceType)?.RangeOf(target.Sku));
                }

                isDone();
            }).ConfigureAwait(false);
    }
}
