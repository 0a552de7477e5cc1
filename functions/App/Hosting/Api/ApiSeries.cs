using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>
/// What a chart shows: load read from Azure Monitor for one target, capacity from the journal. One metric call a signal, made
/// only while somebody looks at the target. What is forecast is one stored document more.
/// </summary>
internal sealed class ApiSeries(IStateStore store, ApiReads reads, ApiForecasts forecasts, IMetricSource metrics, TimeProvider time)
{
    private const int UsualHours = 6;
    private const int MostHours = 24;
    private const int MostEntries = 2000;

    public async Task<ApiAnswer> ReadAsync(string nameOrId, string hours, CancellationToken cancellationToken)
    {
        if (!ApiReads.IsCount(hours, UsualHours, MostHours, out var count))
        {
            return ApiAnswer.Of(ApiProblem.BadRequest($"'hours' is 1 to {MostHours}"));
        }

        if (await reads.FindAsync(nameOrId, cancellationToken) is not { } row)
        {
            return ApiReads.NoTarget(nameOrId);
        }

        // Whole minutes: an answer then stays the same, and is not sent again, for a minute.
        var now = time.GetUtcNow();
        var to = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        var from = to.AddHours(-count);
        var journal = await store.ReadJournalAsync(new JournalQuery(row.Target.Key, Limit: MostEntries), cancellationToken);
        var capacity = CapacitySteps.Of(row, journal, from);
        var standings = (row.Standing?.Signals ?? []).OrderBy(signal => signal.Target is null).ToList();
        var policies = standings.Select(signal => signal.ToPolicy()).OfType<SignalPolicy>().ToList();
        var samples = await ReadAsync(row, policies, from, to, cancellationToken);
        var courses = SignalCourse.Of(policies, samples, at => capacity.LastOrDefault(step => step.At <= at)?.Count);
        return ApiAnswer.Ok(
            new SeriesAnswer(
                row.Target.Value, from, to, capacity,
                [.. standings.Select(signal => Column(signal, samples.GetValueOrDefault(signal.Signal), courses.GetValueOrDefault(signal.Signal) ?? []))])
            {
                Forecast = await forecasts.FindAsync(row.Target, cancellationToken),
            },
            ApiJson.Default.SeriesAnswer);
    }

    private async Task<Dictionary<string, MetricSeries>> ReadAsync(
        TargetRow row, IReadOnlyList<SignalPolicy> signals, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var samples = new Dictionary<string, MetricSeries>();
        foreach (var signal in signals)
        {
            if (signal.From is SignalSource.Metric metric)
            {
                var resource = metric.Of(Observed(row));
                var answer = await metrics.ReadAsync(new MetricRequest([resource], metric.Selector, from, to), cancellationToken);
                samples[signal.Name] = answer.GetValueOrDefault(resource) ?? new MetricSeries.Failed("not read");
            }
        }

        return samples;
    }

    private static SignalSeries Column(SignalStanding signal, MetricSeries? samples, IReadOnlyList<MetricPoint> points) => new(
        signal.Signal,
        signal.Metric,
        signal.Target,
        signal.OutAbove,
        signal.InBelow,
        [.. points.Select(point => point.At.ToUnixTimeSeconds())],
        [.. points.Select(point => point.Value is { } value && double.IsFinite(value) ? Math.Round(value, 2) : (double?)null)],
        [.. points.Select(point => point.Count is { } instances && double.IsFinite(instances) ? instances : (double?)null)],
        samples is MetricSeries.Failed failed ? failed.Reason
            : points.Count > 0 ? ""
            : signal.Kind is SignalKind.Queue or SignalKind.Query ? signal.Doubt : "there are no samples")
    {
        Inputs = signal.Inputs,
    };

    /// <summary>As much of the target as a metric source needs to find it.</summary>
    private static ObservedTarget Observed(TargetRow row) => new()
    {
        Id = row.Target,
        Region = row.Standing!.Region,
        Sku = row.Standing.Sku,
        Capacity = row.LastKnownCapacity ?? 0,
        IsUpdating = false,
        Tags = new TargetTags.Unknown("not read for a chart"),
        ReadAt = row.EvaluatedAt ?? default,
    };
}
