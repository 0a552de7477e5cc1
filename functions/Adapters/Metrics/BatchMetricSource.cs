using System.Collections.Concurrent;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Metrics;

/// <summary>Reads metrics of many resources a call, with as few calls as Azure allows: metric reads are what gets throttled first.</summary>
internal sealed class BatchMetricSource(ArmPipelines arm) : IMetricSource
{
    private const int CallsAtOnce = 8;

    // Finding one bad resource among 50 takes 12 more calls, two about 22. A cause that is no resource's, such as a
    // metric that does not exist, must not cost 98.
    private const int SearchCalls = 24;

    private readonly MetricBatchClient _client = new(arm);

    public async Task<IReadOnlyDictionary<MonitoredResource, MetricSeries>> ReadAsync(MetricRequest request, CancellationToken cancellationToken)
    {
        var spans = new List<IReadOnlyDictionary<MonitoredResource, MetricSeries>>();
        foreach (var span in MetricSpans.Of(request))
        {
            spans.Add(await ReadSpanAsync(span, cancellationToken).ConfigureAwait(false));
        }

        return spans.Count == 1 ? spans[0] : MetricSpans.Join(spans);
    }

    private async Task<IReadOnlyDictionary<MonitoredResource, MetricSeries>> ReadSpanAsync(MetricRequest request, CancellationToken cancellationToken)
    {
        var series = new ConcurrentDictionary<MonitoredResource, MetricSeries>();
        var batches = Group(request, series);
        await Parallel.ForEachAsync(
            batches,
            new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = cancellationToken },
            async (batch, cancellation) =>
            {
                foreach (var (resource, answer) in await ReadAsync(batch, request, cancellation).ConfigureAwait(false))
                {
                    series[resource] = answer;
                }
            }).ConfigureAwait(false);
        return series;
    }

    private List<MetricBatch> Group(MetricRequest request, ConcurrentDictionary<MonitoredResource, MetricSeries> series)
    {
        var batches = new List<MetricBatch>();
        var groups = request.Resources.Distinct().GroupBy(
            resource => (resource.Subscription.ToLowerInvariant(), arm.Hosts.MetricsEndpoint(resource.Region), resource.ResourceType.ToLowerInvariant()));
        foreach (var group in groups)
        {
            foreach (var chunk in group.Chunk(MetricBatch.SizeFor(request)))
            {
                if (group.Key.Item2 is { } endpoint)
                {
                    batches.Add(new MetricBatch(chunk[0].Subscription, endpoint, chunk[0].ResourceType, chunk));
                    continue;
                }

                foreach (var resource in chunk)
                {
                    series[resource] = new MetricSeries.Failed(AzureFaults.OneLine($"'{resource.Region}' is not the name of a region"));
                }
            }
        }

        return batches;
    }

    /// <summary>Reads a batch; when it is refused, reads its halves, to lose no more than the resources that are to blame.</summary>
    private async Task<Dictionary<MonitoredResource, MetricSeries>> ReadAsync(MetricBatch batch, MetricRequest request, CancellationToken cancellationToken)
    {
        var series = new Dictionary<MonitoredResource, MetricSeries>();
        var waiting = new Queue<MetricBatch>([batch]);
        var calls = 0;
        while (waiting.TryDequeue(out var next))
        {
            switch (await _client.ReadAsync(next, request, cancellationToken).ConfigureAwait(false))
            {
                case MetricBatchResult.Answered answered:
                    next.Resources.ToList().ForEach(resource => series[resource] = answered.Series.GetValueOrDefault(resource.Id.ToLowerInvariant(), Unanswered));
                    break;
                case MetricBatchResult.Refused when next.Resources.Count > 1 && calls + waiting.Count + 2 <= SearchCalls:
                    var middle = next.Resources.Count / 2;
                    waiting.Enqueue(next.Slice(..middle));
                    waiting.Enqueue(next.Slice(middle..));
                    break;
                case MetricBatchResult.Refused refused:
                    Fail(next, refused.Reason);
                    break;
                case MetricBatchResult.Failed failed:
                    Fail(next, failed.Reason);
                    break;
            }

            calls++;
        }

        return series;

        void Fail(MetricBatch failed, string reason) =>
            failed.Resources.ToList().ForEach(resource => series[resource] = new MetricSeries.Failed(reason));
    }

    private static MetricSeries Unanswered { get; } = new MetricSeries.Failed("the answer does not speak of it");
}
