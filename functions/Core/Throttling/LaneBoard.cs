using System.Text.Json;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Throttling;

/// <summary>
/// What workers tell each other of Azure's limits: that they live, and which lanes are closed. Nothing depends on it for
/// correctness: a worker that knows too little is told 429 by Azure itself.
/// </summary>
public sealed class LaneBoard(IDocumentStore documents, string worker)
{
    private const string Partition = "throttling";
    private const string WorkerKey = "worker|";
    private const string LaneKey = "lane|";

    /// <summary>A worker that was silent for three ticks is taken for gone, and the others share its part.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(3);

    /// <summary>Tells that this worker lives and what it was told, and learns the same of the others.</summary>
    /// <param name="ours">Lanes that were closed to this worker.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <returns>Workers that live, this one included, and all closures that still hold.</returns>
    /// <exception cref="StateStoreException">The store is at fault.</exception>
    public async Task<(int Workers, IReadOnlyList<LaneClosure> Closures)> ExchangeAsync(
        IReadOnlyList<LaneClosure> ours, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = (await documents.ListDocumentsAsync(Partition, cancellationToken).ConfigureAwait(false)).ToDictionary(document => document.Key);
        await PutAsync(known, WorkerKey + worker, "{}", now + Life, cancellationToken).ConfigureAwait(false);
        var closures = known.Values.Where(document => document.Key.StartsWith(LaneKey, StringComparison.Ordinal) && document.ExpiresAt > now)
            .Select(document => document.Read(ThrottlingJson.Default.LaneClosure)).OfType<LaneClosure>().Where(closure => closure.Lane is not null)
            .ToDictionary(closure => closure.Lane);
        foreach (var closure in ours.Where(each => each.Until > now && (!closures.TryGetValue(each.Lane, out var other) || other.Until < each.Until)))
        {
            closures[closure.Lane] = closure;
            await PutAsync(
                known, LaneKey + closure.Lane, JsonSerializer.Serialize(closure, ThrottlingJson.Default.LaneClosure), closure.Until,
                cancellationToken).ConfigureAwait(false);
        }

        var others = known.Values.Count(document => document.Key.StartsWith(WorkerKey, StringComparison.Ordinal)
            && document.Key != WorkerKey + worker && document.ExpiresAt > now);
        return (others + 1, [.. closures.Values]);
    }

    /// <summary>Whoever else writes at the same time says the same, or it is said again at the next exchange.</summary>
    private Task<RowWrite> PutAsync(
        Dictionary<string, StoredDocument> known, string key, string json, DateTimeOffset expires, CancellationToken cancellationToken) =>
        documents.WriteDocumentAsync(
            new StoredDocument(Partition, key, known.TryGetValue(key, out var stored) ? stored.Version : 0, json, expires), cancellationToken);
}
