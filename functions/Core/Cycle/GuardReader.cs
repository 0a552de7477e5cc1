using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Reads the metrics of a guard of one target. What cannot be read is doubt, and nothing is thrown for it.</summary>
internal sealed class GuardReader(IMetricSource metrics)
{
    /// <param name="guard">What is read.</param>
    /// <param name="target">Whose.</param>
    /// <param name="capacity">Instances there are.</param>
    /// <param name="span">Over which time.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<GuardStanding> ReadAsync(
        GuardTerms guard, TargetId target, int capacity, GuardSpan span, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var series = new Dictionary<string, MetricSeries>();
        foreach (var asked in guard.Signals.Where(signal => signal.Metric is not null).GroupBy(signal => (signal.Metric!.Key, Resource(signal, target, guard))))
        {
            var resource = asked.Key.Item2;
            var request = new MetricRequest([resource], asked.First().Metric!, Minute(span.From), Minute(span.To < now ? span.To : now));
            var answer = request.From < request.To
                ? (await metrics.ReadAsync(request, cancellationToken).ConfigureAwait(false)).GetValueOrDefault(resource)
                : null;
            foreach (var signal in asked)
            {
                series[signal.Name] = answer ?? new MetricSeries.Failed("nothing was answered for it");
            }
        }

        return GuardCourse.Of(guard, series, capacity, span, now);
    }

    private static MonitoredResource Resource(GuardSignal signal, TargetId target, GuardTerms guard) => signal.Resource.Length == 0
        ? MonitoredResource.Parse(target.Value, guard.Region)
        : MonitoredResource.Parse(signal.Resource, signal.Region.Length > 0 ? signal.Region : guard.Region);

    private static DateTimeOffset Minute(DateTimeOffset at) => at.AddTicks(-(at.UtcTicks % SignalReader.Grain.Ticks));
}
