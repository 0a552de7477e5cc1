using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Reads one metric of resources over a long span that ends now.</summary>
/// <param name="metrics">Where they are read.</param>
/// <param name="time">The present.</param>
public sealed class MetricHistories(IMetricSource metrics, TimeProvider time)
{
    /// <summary>What came in the last minutes is not all there yet.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(5);

    /// <summary>End of the last grain that is whole.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset now, TimeSpan grain) => (now - Delay).AddTicks(-((now - Delay).UtcTicks % grain.Ticks));

    /// <summary>An answer for each resource; what was not answered for one has failed.</summary>
    /// <param name="targets">Any mix of subscriptions and regions.</param>
    /// <param name="selector">What is asked for.</param>
    /// <param name="span">How far back.</param>
    /// <param name="grain">Of how long a value is; the last one is whole.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyDictionary<TargetId, MetricSeries>> ReadAsync(
        IReadOnlyList<ObservedTarget> targets, MetricSelector selector, TimeSpan span, TimeSpan grain, CancellationToken cancellationToken)
    {
        var end = EndOf(time.GetUtcNow(), grain);
        var request = new MetricRequest([.. targets.Select(MonitoredResource.Of)], selector, end - span, end) { Grain = grain };
        var answers = await metrics.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        return targets.ToDictionary(
            target => target.Id, target => answers.GetValueOrDefault(MonitoredResource.Of(target)) ?? new MetricSeries.Failed("nothing was answered for it"));
    }
}
