using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Asks for each number of this moment once, however many targets follow it.</summary>
internal static class MomentaryRequests
{
    /// <summary>Ours: a batch has few queues and queries, and each service its own limit.</summary>
    private const int AtOnce = 8;

    public static async Task<IReadOnlyDictionary<SignalSource, MetricSeries>> ReadAsync(
        IEnumerable<(ObservedTarget Target, TargetPolicies.Resolved Policies)> selected, IReadOnlyList<IMomentarySource> sources,
        CancellationToken cancellationToken)
    {
        var wanted = selected.SelectMany(each => each.Policies.LoadBased?.Signals ?? []).Select(signal => signal.From)
            .Where(source => source.IsMomentary).Distinct();
        var readings = new Dictionary<SignalSource, MetricSeries>();
        foreach (var chunk in wanted.Chunk(AtOnce))
        {
            var answers = await Task.WhenAll(chunk.Select(source => ReadAsync(source, sources, cancellationToken))).ConfigureAwait(false);
            foreach (var (source, answer) in chunk.Zip(answers))
            {
                readings[source] = answer;
            }
        }

        return readings;
    }

    /// <summary>The answers that concern a target, beside those of its metrics.</summary>
    public static IReadOnlyDictionary<string, MetricSeries> Add(
        IReadOnlyDictionary<string, MetricSeries> metrics, TargetPolicies.Resolved policies, IReadOnlyDictionary<SignalSource, MetricSeries> answers)
    {
        var series = new Dictionary<string, MetricSeries>(metrics);
        foreach (var signal in policies.LoadBased?.Signals ?? [])
        {
            if (answers.TryGetValue(signal.From, out var answer))
            {
                series[signal.Name] = answer;
            }
        }

        return series;
    }

    private static Task<MetricSeries> ReadAsync(SignalSource source, IReadOnlyList<IMomentarySource> sources, CancellationToken cancellationToken) =>
        sources.FirstOrDefault(each => each.Reads(source)) is { } found
            ? found.ReadAsync(source, cancellationToken)
            : Task.FromResult<MetricSeries>(new MetricSeries.Failed("nothing here reads it"));
}
