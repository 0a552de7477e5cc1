using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// What resources used over weeks. With a store only what is new since the last look is read, whoever looked: the daily look at sizes
/// and the planner of size and count share it. Without one all of it is read; the answer is the same.
/// </summary>
/// <param name="metrics">Where they are read.</param>
/// <param name="time">The present.</param>
/// <param name="states">What was read before; absent where nothing may be written.</param>
public sealed class UsageHistories(IMetricSource metrics, TimeProvider time, UsageStates? states = null)
{
    /// <summary>An answer for each resource; what was not answered for one has failed.</summary>
    /// <param name="targets">Any mix of subscriptions and regions.</param>
    /// <param name="selector">What is asked for. In minutes it is a percentage.</param>
    /// <param name="span">How far back.</param>
    /// <param name="grain">Of how long a value is; the last one is whole.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyDictionary<TargetId, MetricSeries>> ReadAsync(
        IReadOnlyList<ObservedTarget> targets, MetricSelector selector, TimeSpan span, TimeSpan grain, CancellationToken cancellationToken)
    {
        var end = MetricHistories.EndOf(time.GetUtcNow(), grain);
        var pasts = new List<(ObservedTarget Target, KeptUsage? Known, IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Lacking)>();
        foreach (var target in targets)
        {
            var known = states is null ? null : await states.ReadAsync(target.Id, selector, grain, cancellationToken).ConfigureAwait(false);
            pasts.Add((target, known, KeptUsage.Lacking(known, end - span, end)));
        }

        var read = new Dictionary<(TargetId, DateTimeOffset), MetricSeries>();
        foreach (var piece in pasts.SelectMany(past => past.Lacking.Select(piece => (past.Target, piece))).GroupBy(each => each.piece, each => each.Target))
        {
            var request = new MetricRequest([.. piece.Select(MonitoredResource.Of)], selector, piece.Key.From, piece.Key.To) { Grain = grain };
            var answers = await metrics.ReadAsync(request, cancellationToken).ConfigureAwait(false);
            foreach (var target in piece)
            {
                read[(target.Id, piece.Key.From)] = answers.GetValueOrDefault(MonitoredResource.Of(target)) ?? new MetricSeries.Failed("nothing was answered for it");
            }
        }

        var whole = new Dictionary<TargetId, MetricSeries>();
        foreach (var (target, known, lacking) in pasts)
        {
            var parts = lacking.Select(piece => read[(target.Id, piece.From)]).ToList();
            whole[target.Id] = parts.Find(part => part is not MetricSeries.Received)
                ?? await JoinAsync(target.Id, known, lacking, parts.Cast<MetricSeries.Received>()).ConfigureAwait(false);
        }

        return whole;

        async Task<MetricSeries> JoinAsync(
            TargetId target, KeptUsage? known, IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> lacking, IEnumerable<MetricSeries.Received> parts)
        {
            var usage = KeptUsage.After(known, lacking, PackedSeries.Round(parts.SelectMany(part => part.Points), grain), span, end, grain);
            if (states is not null)
            {
                await states.WriteAsync(target, selector, grain, usage, cancellationToken).ConfigureAwait(false);
            }

            return new MetricSeries.Received([.. usage.Points.Where(point => point.At >= end - span)]);
        }
    }
}
