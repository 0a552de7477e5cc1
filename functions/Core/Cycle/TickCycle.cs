using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Begins a tick: lists the estate, judges what the last tick would lower, and sends the targets out in batches. It decides on
/// nothing and writes nothing to Azure.
/// </summary>
public sealed class TickCycle(
    RowStore rows, IDocumentStore documents, TickLedger ledger, ResourceMarks marks, ITargetInventory inventory, IWorkQueue queue,
    CycleOptions options, TimeProvider time)
{
    /// <summary>Azure Monitor answers for at most 50 resources in one call, all of one subscription, region and type.</summary>
    private const int BatchSize = 50;

    /// <summary>A message that comes later than this is dropped: the next tick's is on its way.</summary>
    private static readonly TimeSpan MessageLife = TimeSpan.FromSeconds(90);

    /// <summary>Begins the tick of this minute, once: a second call within it does nothing.</summary>
    /// <returns>The tick, or nothing when it had begun already.</returns>
    public async Task<TickHeader?> RunAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        using var activity = CycleActivity.Source.StartActivity("tick");
        var now = time.GetUtcNow();
        var last = await ledger.LatestAsync(cancellationToken).ConfigureAwait(false);
        var seen = await inventory.ListAsync(cancellationToken).ConfigureAwait(false);
        var batches = Batches(policies, seen.Targets);
        var header = new TickHeader(TickId(now), now, batches.Count);
        if (!await ledger.BeginAsync(header, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var fleet = await rows.ChangeFleetAsync(row => row with { LastTickAt = now }, cancellationToken).ConfigureAwait(false);
        var verdicts = last is null
            ? new Dictionary<string, string>()
            : await ledger.CloseAsync(last, fleet.Approval, now, cancellationToken).ConfigureAwait(false);
        var events = await marks.DrainAsync(cancellationToken).ConfigureAwait(false);
        var doubt = seen is InventoryReading.Partial partial ? partial.Reason : "";
        for (var batch = 0; batch < batches.Count; batch++)
        {
            var request = new EvaluateRequest
            {
                TickId = header.TickId,
                TickAt = now,
                ExpiresAt = now + MessageLife,
                Batch = batch,
                InventoryDoubt = doubt,
                Targets = batches[batch],
                Verdicts = Only(verdicts, batches[batch]),
                Events = Only(events, batches[batch]),
            };
            var body = JsonSerializer.Serialize(request, CycleJson.Default.EvaluateRequest);
            await queue.SendAsync(
                new WorkMessage(WorkKind.Evaluate, body, TimeSpan.Zero, MessageLife), cancellationToken).ConfigureAwait(false);
        }

        await SweepAsync([.. batches.SelectMany(batch => batch).Select(target => target.Id)], cancellationToken).ConfigureAwait(false);
        await documents.PruneDocumentsAsync(now, cancellationToken).ConfigureAwait(false);
        return header;
    }

    /// <summary>Looks after open actions and checks on targets that no batch contains any more.</summary>
    private async Task SweepAsync(HashSet<TargetId> sent, CancellationToken cancellationToken)
    {
        foreach (var row in await rows.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if ((row.Intent is not null || row.Check is not null) && !sent.Contains(row.Target))
            {
                await queue.SendAsync(VerifyMessages.Now(row.Target, options.Interval), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static List<IReadOnlyList<ObservedTarget>> Batches(PolicySet policies, IReadOnlyList<ObservedTarget> targets) =>
        [.. targets
            .Where(target => policies.For(target) is TargetPolicies.Resolved)
            .GroupBy(target => $"{target.Id.Subscription}/{target.Region}/{target.Id.ResourceType}".ToLowerInvariant())
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group => group.OrderBy(target => target.Id.Key, StringComparer.Ordinal).Chunk(BatchSize))];

    private static Dictionary<string, string> Only(IReadOnlyDictionary<string, string> texts, IReadOnlyList<ObservedTarget> targets) =>
        targets.Where(target => texts.ContainsKey(target.Id.Key)).ToDictionary(target => target.Id.Key, target => texts[target.Id.Key]);

    /// <summary>The minute: a timer that fires twice in it, after a failover, begins one tick.</summary>
    private static string TickId(DateTimeOffset now) => now.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
}
