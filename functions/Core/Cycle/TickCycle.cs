using System.Diagnostics;
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
    CycleOptions options, TimeProvider time, RetailPricing? pricing = null)
{
    /// <summary>Azure's errors can be pages long, and every message repeats them.</summary>
    private const int LongestDoubt = 500;

    /// <summary>A message that comes later than this is dropped: the next tick's is on its way.</summary>
    private static readonly TimeSpan MessageLife = TimeSpan.FromSeconds(90);

    private readonly InventoryWatch _watch = new(rows, documents, options);
    private readonly JournalAnchors _anchors = new(rows, documents, options);
    private readonly ApprovalDesk _desk = new(rows, documents, options, time);

    /// <summary>Begins the tick of this minute, once: a second call within it does nothing.</summary>
    /// <returns>The tick, or nothing when it had begun already.</returns>
    public async Task<TickHeader?> RunAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        using var activity = CycleActivity.Source.StartActivity("tick");
        var now = time.GetUtcNow();
        var last = await ledger.LatestAsync(cancellationToken).ConfigureAwait(false);
        if (last?.TickId == TickId(now))
        {
            return null;
        }

        var listed = await inventory.ListAsync(cancellationToken).ConfigureAwait(false);
        var fleet = await rows.ReadFleetAsync(cancellationToken).ConfigureAwait(false);
        var seen = await _watch.TakeAsync(listed, fleet, now, cancellationToken).ConfigureAwait(false);
        var entries = last is null ? [] : await ledger.ReadAsync(last, cancellationToken).ConfigureAwait(false);
        var stored = await rows.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        var closed = last is null
            ? ClosedLedger.None
            : ledger.Judge(
                last, entries, LoweredLately.Of(stored, now, options.Interval), fleet.Approval,
                await _desk.UsableAsync(fleet, now, cancellationToken).ConfigureAwait(false), now);
        var events = await marks.ReadAsync(cancellationToken).ConfigureAwait(false);
        var batches = TickBatches.Cut(new EvaluateRequest
        {
            TickId = TickId(now),
            TickAt = now,
            ExpiresAt = now + MessageLife,
            Batch = 0,
            InventoryDoubt = seen is InventoryReading.Partial partial ? Short(partial.Reason) : "",
            Targets = [.. seen.Targets.Where(target => policies.For(target) is not TargetPolicies.None)],
            Verdicts = closed.Verdicts,
            Floors = closed.Floors,
            Surprises = closed.Surprises,
            Events = events,
            Rooms = FleetMembers.Largest(policies),
            TraceParent = CycleActivity.TraceParent,
        });
        if (FleetMembers.AreCapped(policies))
        {
            var priced = pricing is null ? policies : await pricing.CompleteAsync(policies, seen.Targets, cancellationToken).ConfigureAwait(false);
            batches = FleetMembers.Deal(priced, batches, FleetMembers.Of(priced, seen, stored), now);
        }

        var header = new TickHeader(TickId(now), now, batches.Count);
        if (!await ledger.BeginAsync(header, last, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        await rows.ChangeFleetAsync(
            row => row with { LastTickAt = now, TickFinishedAt = closed.IsFinished ? now : row.TickFinishedAt }, cancellationToken).ConfigureAwait(false);
        await RingLooks.LookAsync(rows, policies, seen, stored, fleet, now, options.Worker, cancellationToken).ConfigureAwait(false);
        Measure(last, closed, batches, activity, now);
        foreach (var batch in batches)
        {
            var body = JsonSerializer.Serialize(batch, CycleJson.Default.EvaluateRequest);
            await queue.SendAsync(
                new WorkMessage(WorkKind.Evaluate, body, TimeSpan.Zero, MessageLife), cancellationToken).ConfigureAwait(false);
        }

        CycleMeter.Took("cut", time.GetUtcNow() - now);
        await marks.ForgetAsync(events.Keys, cancellationToken).ConfigureAwait(false);
        HashSet<TargetId> sent = [.. batches.SelectMany(batch => batch.Targets).Select(target => target.Id)];
        var alerts = await SweepAsync(sent, stored, fleet, now, cancellationToken).ConfigureAwait(false);
        alerts = [.. alerts, .. TickAlerts.Since(last?.At, stored, fleet, now)];
        alerts = [.. alerts, .. await DenyAsync(sent, stored, fleet, isWhole: seen is InventoryReading.Complete, now, cancellationToken).ConfigureAwait(false)];
        if (JournalAnchors.IsDue(fleet, now))
        {
            // Of what was done in this tick the next anchor tells: the rows are those of its beginning.
            alerts = [.. alerts, .. await _anchors.TakeAsync(fleet, stored, now, cancellationToken).ConfigureAwait(false)];
            activity?.SetTag("scalefunctions.anchor", (await rows.ReadFleetAsync(cancellationToken).ConfigureAwait(false)).Anchor?.Hash);
        }

        if (closed.Awaiting.Count > 0 && await _desk.AskAsync(closed.Awaiting, fleet, now, cancellationToken).ConfigureAwait(false) is { } asked)
        {
            alerts = [.. alerts, asked];
        }

        await documents.PruneDocumentsAsync(now, cancellationToken).ConfigureAwait(false);
        header = header with { Standing = StandingAlerts.Of(policies, stored, fleet, now, options) };
        return fleet.Shrink is null && listed is InventoryReading.Complete && seen is InventoryReading.Partial shrunk
            ? header with { Alerts = [shrunk.Reason, .. alerts] }
            : alerts.Count == 0 ? header : header with { Alerts = alerts };
    }

    /// <summary>Looks after what was begun on targets that no batch contains any more, and for machines that stay stopped for a size.</summary>
    /// <returns>What a person has to be told at once.</returns>
    private async Task<IReadOnlyList<string>> SweepAsync(
        HashSet<TargetId> sent, IReadOnlyList<TargetRow> stored, FleetRow fleet, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var alerts = new List<string>();
        foreach (var row in stored)
        {
            if (row.IsUnderWay(now) && !sent.Contains(row.Target))
            {
                await queue.SendAsync(VerifyMessages.Now(row.Target, options.Interval), cancellationToken).ConfigureAwait(false);
            }

            if (StoppedMachines.Alert(row, fleet.KillSwitch, options.ModeCeiling, now) is { } alert)
            {
                alerts.Add(alert);
            }

            if (OffStandings.Alert(row, now, options.Interval) is { } forgotten)
            {
                alerts.Add(forgotten);
            }
        }

        return alerts;
    }

    /// <summary>Notes what Azure forbids on which part of the fleet; the row is written only when that has changed.</summary>
    /// <returns>What a person has to be told: once for all targets of a kind.</returns>
    private async Task<IReadOnlyList<string>> DenyAsync(
        HashSet<TargetId> sent, IReadOnlyList<TargetRow> stored, FleetRow fleet, bool isWhole, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var denials = DenialTransitions.Of(stored.Where(row => sent.Contains(row.Target)), now);
        if (ReferenceEquals(fleet.SeeDenials(denials, isWhole, now, options.Worker), fleet))
        {
            return [];
        }

        var row = await rows.ChangeFleetAsync(current => current.SeeDenials(denials, isWhole, now, options.Worker), cancellationToken).ConfigureAwait(false);
        return [.. row.Denials.Where(each => each.Since == now).Select(each => each.Text)];
    }

    private void Measure(TickHeader? last, ClosedLedger closed, IReadOnlyList<EvaluateRequest> batches, Activity? activity, DateTimeOffset now)
    {
        var targets = batches.Sum(batch => batch.Targets.Count);
        activity?.SetTag("scalefunctions.tick.id", TickId(now));
        activity?.SetTag("scalefunctions.tick.batches", batches.Count);
        activity?.SetTag("scalefunctions.tick.targets", targets);
        CycleMeter.SentOut(targets);
        if (last is null)
        {
            return;
        }

        CycleMeter.TickEnded(closed.IsFinished);

        // A tick may come some seconds late, and the next in time again: no minute between them is missing.
        if ((long)Math.Round((now - last.At) / options.Interval) - 1 is > 0 and var missed)
        {
            CycleMeter.TicksMissed(missed);
        }
    }

    private static string Short(string text) => text.Length <= LongestDoubt ? text : $"{text[..LongestDoubt]}…";

    /// <summary>The minute: a timer that fires twice in it, after a failover, begins one tick.</summary>
    private static string TickId(DateTimeOffset now) => now.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
}
