using System.Text.Json;
using ScaleFunctions.Core.Forecasts;
using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Keeps the predictive schedules, one document a target.</summary>
public sealed class PredictiveSchedules(IDocumentStore documents)
{
    private const string Partition = "schedules";

    /// <summary>Shown for a while after it stopped counting.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    /// <summary>The schedule of a target; null when there is none, or none that can be read.</summary>
    public async Task<PredictiveSchedule?> ReadAsync(TargetId target, CancellationToken cancellationToken)
    {
        var stored = await documents.ReadDocumentAsync(Partition, target.Key, cancellationToken).ConfigureAwait(false);
        return stored?.Read(ForecastJson.Default.PredictiveSchedule);
    }

    /// <summary>Replaces the schedule of a target.</summary>
    /// <returns>Whether it was written; somebody else may have written a newer one at the same time.</returns>
    public async Task<bool> WriteAsync(TargetId target, PredictiveSchedule schedule, CancellationToken cancellationToken)
    {
        var stored = await documents.ReadDocumentAsync(Partition, target.Key, cancellationToken).ConfigureAwait(false);
        var json = JsonSerializer.Serialize(schedule, ForecastJson.Default.PredictiveSchedule);
        var document = new StoredDocument(Partition, target.Key, stored?.Version ?? 0, json, schedule.ExpiresAt + KeptFor);
        return await documents.WriteDocumentAsync(document, cancellationToken).ConfigureAwait(false) is RowWrite.Written;
    }
}
