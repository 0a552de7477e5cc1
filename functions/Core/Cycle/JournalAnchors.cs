using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Writes down once an hour how far every chain of the journal has come, so that one that is cut, or gone with its row, is found. The
/// pages are named by their hash, which is in the fleet's chain: two workers that do it at once disturb each other's pages never.
/// </summary>
public sealed class JournalAnchors(RowStore rows, IDocumentStore documents, CycleOptions options)
{
    /// <summary>A page of so many ends is well below what a document may hold in any store.</summary>
    private const int PageSize = 200;

    /// <summary>Pages are taken away by the next anchor; those of a worker that died before that are, too, in the end.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private const string Latest = "latest";

    private const string Partition = "anchor";

    /// <summary>Whether the hour is another than that of the last anchor; before the first, than that of the last tick.</summary>
    public static bool IsDue(FleetRow fleet, DateTimeOffset now) => fleet.Anchor is { } last
        ? HourOf(last.At) != HourOf(now)
        : fleet.LastTickAt is { } tick && HourOf(tick) != HourOf(now);

    /// <summary>Writes the ends down.</summary>
    /// <param name="fleet">The fleet's row.</param>
    /// <param name="stored">The rows of all targets.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>What a person has to be told: chains that do not go on from where they were an hour ago.</returns>
    public async Task<IReadOnlyList<string>> TakeAsync(FleetRow fleet, IReadOnlyList<TargetRow> stored, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = fleet.Anchor;
        var earlier = last is null ? [] : await ReadAsync(documents, last, cancellationToken).ConfigureAwait(false);
        var (ends, faults) = ChainEnds.Follow(earlier ?? [], Ends(fleet, stored));
        var number = (last?.Number ?? 0) + 1;
        var anchor = new JournalAnchor(number, now, ends.Count, ChainEnds.HashOf(number, ends));
        foreach (var (index, page) in ends.Chunk(PageSize).Index())
        {
            var json = JsonSerializer.Serialize(new ChainEndPage { Ends = page }, CycleJson.Default.ChainEndPage);
            await documents.WriteDocumentAsync(new StoredDocument(PartitionOf(anchor), Key(index), 0, json, now + KeptFor), cancellationToken).ConfigureAwait(false);
        }

        var row = await rows.ChangeFleetAsync(current => current.Anchored(anchor, options.Worker), cancellationToken).ConfigureAwait(false);
        if (row.Anchor?.Hash != anchor.Hash)
        {
            await ForgetAsync(anchor, cancellationToken).ConfigureAwait(false);
            return [];
        }

        var pointer = await documents.ReadDocumentAsync(Partition, Latest, cancellationToken).ConfigureAwait(false);
        await documents.WriteDocumentAsync(
            new StoredDocument(Partition, Latest, pointer?.Version ?? 0, JsonSerializer.Serialize(anchor, CycleJson.Default.JournalAnchor), DateTimeOffset.MaxValue),
            cancellationToken).ConfigureAwait(false);
        if (last is not null)
        {
            await ForgetAsync(last, cancellationToken).ConfigureAwait(false);
        }

        return earlier is null ? [$"the ends of chains of anchor {last!.Number} were changed or are missing: {last.Hash}", .. Told(faults)] : Told(faults);
    }

    /// <summary>The ends of an anchor; nothing when they are not what its hash says, or no ends at all.</summary>
    public static async Task<IReadOnlyList<ChainEnd>?> ReadAsync(IDocumentStore documents, JournalAnchor anchor, CancellationToken cancellationToken)
    {
        var stored = await documents.ListDocumentsAsync(PartitionOf(anchor), cancellationToken).ConfigureAwait(false);
        List<ChainEnd> ends = [.. stored.SelectMany(document => document.Read(CycleJson.Default.ChainEndPage)?.Ends ?? [])];
        return ends.TrueForAll(end => end is { Chain: not null, Hash: not null }) && ChainEnds.HashOf(anchor.Number, ends) == anchor.Hash ? ends : null;
    }

    /// <summary>The last anchor that was ever taken, whatever the fleet's row says; absent before the first, and when it cannot be read.</summary>
    public static async Task<JournalAnchor?> LatestAsync(IDocumentStore documents, CancellationToken cancellationToken) =>
        await documents.ReadDocumentAsync(Partition, Latest, cancellationToken).ConfigureAwait(false) is { } stored
            ? stored.Read(CycleJson.Default.JournalAnchor)
            : null;

    /// <summary>Whether a document is one of those that keep ends of chains.</summary>
    public static bool IsOf(StoredDocument document) =>
        document.Partition == Partition || document.Partition.StartsWith($"{Partition}/", StringComparison.Ordinal);

    /// <summary>The documents that prove an anchor, to be copied with the fleet's row that names it.</summary>
    public static async Task<IReadOnlyList<StoredDocument>> DocumentsAsync(IDocumentStore documents, JournalAnchor? anchor, CancellationToken cancellationToken) => anchor is null ? [] :
    [
        .. await documents.ListDocumentsAsync(PartitionOf(anchor), cancellationToken).ConfigureAwait(false),
        .. await documents.ListDocumentsAsync(Partition, cancellationToken).ConfigureAwait(false),
    ];

    private async Task ForgetAsync(JournalAnchor anchor, CancellationToken cancellationToken)
    {
        for (var page = 0; page * PageSize < anchor.Chains; page++)
        {
            await documents.DeleteDocumentAsync(PartitionOf(anchor), Key(page), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One sentence however many there are: somebody has to look at the whole.</summary>
    private static IReadOnlyList<string> Told(IReadOnlyList<string> faults) => faults.Count == 0 ? [] :
        [$"the journal is not whole: {faults[0]}{(faults.Count == 1 ? "" : $", and {faults.Count - 1} more chains are cut")}; 'history --verify' tells all of it"];

    private static IReadOnlyList<ChainEnd> Ends(FleetRow fleet, IReadOnlyList<TargetRow> stored) => [.. stored
        .Select(row => (Chain: row.Target.Key, Head: row.Journal))
        .Append((Chain: JournalEntry.FleetChain, Head: fleet.Journal))
        .Where(chain => chain.Head.Sequence > 0)
        .Select(chain => new ChainEnd(chain.Chain, chain.Head.Sequence, chain.Head.Hash))];

    private static string PartitionOf(JournalAnchor anchor) => $"{Partition}/{anchor.Hash}";

    private static string Key(int page) => page.ToString("D5", CultureInfo.InvariantCulture);

    private static long HourOf(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerHour;
}
