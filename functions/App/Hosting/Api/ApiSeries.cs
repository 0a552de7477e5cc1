using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>
/// What a chart shows: load read from Azure Monitor for one target, capacity from the journal. One metric call a signal, made
/// only while somebody looks at the target.
/// </summary>
internal sealed class ApiSeries(IStateStore store, ApiReads reads, IMetricSource metrics, TimeProvider time)
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
        var signals = new List<SignalSeries>();
        foreach (var signal in row.Standing?.Signals ?? [])
        {
            signals.Add(await ReadAsync(row, signal, from, to, cancellationToken));
        }

        return ApiAnswer.Ok(
            new SeriesAnswer(row.Target.Value, from, to, CapacitySteps.Of(row, journal, from), signals), ApiJson.Default.SeriesAnswer);
    }

    private async Task<SignalSeries> ReadAsync(
        TargetRow row, SignalStanding signal, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var answer = await metrics.ReadAsync(new MetricRequest([Observed(row)], signal.Metric, from, to), cancellationToken);
        var series = answer.GetValueOrDefault(row.Target);
        var points = series is MetricSeries.Received received
            ? received.Points.Where(point => point.Average is { } value && double.IsFinite(value)).OrderBy(point => point.At).ToList()
            : [];
        return new SignalSeries(
            signal.Signal,
            signal.Metric,
            signal.Target,
            signal.OutAbove,
            signal.InBelow,
            [.. points.Select(point => point.At.ToUnixTimeSeconds())],
            [.. points.Select(point => (double?)Math.Round(point.Average!.Value, 2))],
            [.. points.Select(point => point.Count is { } instances && double.IsFinite(instances) ? instances : (double?)null)],
            series is MetricSeries.Failed failed ? failed.Reason : points.Count == 0 ? "there are no samples" : "");
    }

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
