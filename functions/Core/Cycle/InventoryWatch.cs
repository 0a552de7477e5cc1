using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Compares each inventory with the last good one, which the store keeps. A large loss is more often a fault of what lists than
/// a deletion: the smaller inventory counts as incomplete until it proves right, and a person is told once.
/// </summary>
public sealed class InventoryWatch(RowStore rows, IDocumentStore documents, CycleOptions options)
{
    private const string Partition = "inventory";
    private const string Known = "known";
    private const string Apart = "left-alone";

    private const string Forgotten =
        "what was kept of the last inventory (the document inventory/known of the state) cannot be read and is learnt anew: a loss since then would not be seen; "
        + "compare with 'inventory' or the portal";

    /// <summary>Takes an inventory in.</summary>
    /// <returns>The inventory; an incomplete one when too much is missing.</returns>
    public async Task<InventoryReading> TakeAsync(InventoryReading seen, FleetRow fleet, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // What an incomplete one lacks is unknown, so it proves neither a loss nor that one is over.
        if (seen is not InventoryReading.Complete)
        {
            return seen;
        }

        var stored = await documents.ReadDocumentAsync(Partition, Known, cancellationToken).ConfigureAwait(false);
        var known = stored?.Read(CycleJson.Default.KnownInventory) is { Counts.ByPart: not null } read ? read : null;
        var counts = EstateCounts.Of(seen).With(seen.Unread, known?.Counts);
        if (stored is not null && known is null)
        {
            // What is missing from this one nobody can say: from the next on it is what others are compared with.
            await KeepAsync(seen, counts, known, stored.Version, cancellationToken).ConfigureAwait(false);
            return new InventoryReading.Partial(seen.Targets, Forgotten) { LeftAlone = seen.LeftAlone, Unread = seen.Unread };
        }

        if (known is not null && EstateLoss.Between(known.Counts, counts) is { } loss)
        {
            var isAccepted = fleet.Shrink is { } open && loss.IsWithin(open.Loss) && open.IsAccepted(now);
            if (!isAccepted)
            {
                var row = await rows.ChangeFleetAsync(current => current.Lose(loss, now, options.Worker), cancellationToken).ConfigureAwait(false);
                return new InventoryReading.Partial(seen.Targets, row.Shrink!.Text) { LeftAlone = seen.LeftAlone, Unread = seen.Unread };
            }
        }

        await KeepAsync(seen, counts, known, stored?.Version ?? 0, cancellationToken).ConfigureAwait(false);
        if (fleet.Shrink is { } over)
        {
            await rows.ChangeFleetAsync(row => row.EndShrink(EndOf(over, known, counts, now), now, options.Worker), cancellationToken).ConfigureAwait(false);
        }

        return seen;
    }

    /// <summary>Why an inventory is unfit for lowering, for whoever only looks; empty when it is not.</summary>
    public static string Doubt(InventoryReading seen, FleetRow fleet) => seen is InventoryReading.Partial partial ? partial.Reason : fleet.Shrink?.Text ?? "";

    /// <summary>What the last tick left alone.</summary>
    public static async Task<LeftAloneList> LeftAloneAsync(IDocumentStore documents, CancellationToken cancellationToken) =>
        await documents.ReadDocumentAsync(Partition, Apart, cancellationToken).ConfigureAwait(false) is { } stored
            ? stored.Read(CycleJson.Default.LeftAloneList) is { Resources: not null } list ? list : LeftAloneList.Empty
            : LeftAloneList.Empty;

    private static string EndOf(InventoryShrink shrink, KnownInventory? known, EstateCounts counts, DateTimeOffset now) =>
        known is not null && EstateLoss.Between(known.Counts, counts) is null ? "the inventory holds what it held before"
        : shrink.ConfirmedBy is { } by ? $"the smaller inventory counts from now on, as {by} confirmed"
        : $"the smaller inventory has been the same since {shrink.Since:u} and counts from {now:u} on";

    /// <summary>A worker that is faster keeps the same or something newer.</summary>
    private async Task KeepAsync(InventoryReading seen, EstateCounts counts, KnownInventory? known, long version, CancellationToken cancellationToken)
    {
        var apart = JsonSerializer.Serialize(LeftAloneList.Of(seen), CycleJson.Default.LeftAloneList);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(apart))[..12]);
        if (known is not null && known.LeftAloneHash == hash && known.Counts.IsSameAs(counts))
        {
            return;
        }

        if (known?.LeftAloneHash != hash)
        {
            var before = await documents.ReadDocumentAsync(Partition, Apart, cancellationToken).ConfigureAwait(false);
            await PutAsync(Apart, before?.Version ?? 0, apart, cancellationToken).ConfigureAwait(false);
        }

        var json = JsonSerializer.Serialize(new KnownInventory(counts, hash), CycleJson.Default.KnownInventory);
        await PutAsync(Known, version, json, cancellationToken).ConfigureAwait(false);
    }

    private async Task PutAsync(string key, long version, string json, CancellationToken cancellationToken) =>
        await documents.WriteDocumentAsync(
            new StoredDocument(Partition, key, version, json, DateTimeOffset.MaxValue), cancellationToken).ConfigureAwait(false);
}
