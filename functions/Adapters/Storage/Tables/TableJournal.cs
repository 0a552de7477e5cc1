using System.Collections.Concurrent;
using System.Text.Json;
using Azure.Data.Tables;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Storage.Tables;

/// <summary>
/// The journal: each chain a partition, and the feed, a partition of its own with a copy of every entry in the order of writing.
/// </summary>
/// <remarks>
/// Positions have no gaps, and none becomes visible before a smaller one: a row is added at a position only after the row before
/// it was seen, and only if the position is free. An entry gets one row however often, and by however many at once, it is
/// appended: its journal entry keeps a position that it must lie behind (<c>After</c>), and whoever adds it has looked at all rows
/// from there on. So neither a death between the two writes nor a lost answer loses or doubles an entry.
/// </remarks>
internal sealed class TableJournal(StateTable table) : IDisposable
{
    private const string Hash = nameof(Hash);
    private const string At = nameof(At);
    private const string After = nameof(After);
    private const string Chain = nameof(Chain);
    private const string Sequence = nameof(Sequence);

    /// <summary>Each attempt beyond the first means that somebody else has added a row.</summary>
    private const int Attempts = 1000;

    /// <summary>Entries are appended again until their row is written the next time, mostly a minute later.</summary>
    private const int MostTold = 20_000;

    private static readonly string[] Identity = ["PartitionKey", "RowKey", Chain, Sequence];

    // One at a time in a process: two would only be in each other's way.
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentDictionary<(string Chain, long Sequence, string Hash), bool> _told = new();

    /// <summary>The last position known to be taken; 0 when there is none, negative when nobody has looked.</summary>
    private long _tail = -1;

    public void Dispose() => _gate.Dispose();

    public async Task AppendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var entry in entries)
        {
            var known = (entry.Chain, entry.Sequence, entry.Hash);
            if (_told.ContainsKey(known))
            {
                continue;
            }

            await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await AppendAsync(entry, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _gate.Release();
            }

            if (_told.Count >= MostTold)
            {
                _told.Clear();
            }

            _told[known] = true;
        }
    }

    public async Task<IReadOnlyList<JournalEntry>> ReadAsync(JournalQuery query, CancellationToken cancellationToken)
    {
        if (query.Limit <= 0)
        {
            return [];
        }

        return query.Chain is null
            ? await ReadAllAsync(query, cancellationToken).ConfigureAwait(false)
            : await ReadChainAsync(query.Chain, query, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As positions have no gaps, the wanted ones are known, and are one range.</summary>
    public async Task<IReadOnlyList<JournalChange>> ReadChangesAsync(long after, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var changes = new List<JournalChange>();
        if (limit > 0 && after < long.MaxValue)
        {
            await VisitFeedAsync(
                Math.Max(0, after), limit, select: null, row => changes.Add(new JournalChange(TableKeys.NumberOf(row.RowKey), Parse(row))), cancellationToken)
                .ConfigureAwait(false);
            changes.Reverse();
        }

        return changes;
    }

    public async Task<IReadOnlyList<JournalChange>> ReadLatestAsync(int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var changes = new List<JournalChange>();
        if (limit > 0)
        {
            await table.VisitAsync(
                TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.Feed}"),
                select: null,
                Math.Min(limit, 1000),
                row =>
                {
                    changes.Add(new JournalChange(TableKeys.NumberOf(row.RowKey), Parse(row)));
                    return changes.Count < limit;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return changes;
    }

    private async Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        if (_tail < 0)
        {
            _tail = await FindTailAsync(cancellationToken).ConfigureAwait(false);
        }

        var json = JsonSerializer.Serialize(entry, StateJson.Default.JournalEntry);
        var stored = new TableEntity(TableKeys.PartitionOf(TableKeys.Journal, entry.Chain), TableKeys.NewestFirst(entry.Sequence))
        {
            [At] = entry.At.UtcTicks,
            [Hash] = entry.Hash,
            [After] = _tail,
        };
        TableContent.Put(stored, json);
        if (await table.TryInsertAsync(stored, cancellationToken).ConfigureAwait(false) is not null)
        {
            await FeedAsync(entry, json, _tail, isNew: true, cancellationToken).ConfigureAwait(false);
            return;
        }

        var first = await table.FindAsync(stored.PartitionKey, stored.RowKey, cancellationToken).ConfigureAwait(false);
        if (first?.GetString(Hash) != entry.Hash)
        {
            throw new StateStoreException(
                $"Entry {entry.Sequence} of journal {entry.Chain} in table {table.Name} is there with other content. Two histories of one "
                + "target exist: stop the app and compare with the last backup.");
        }

        await FeedAsync(entry, json, first.GetInt64(After) ?? 0, isNew: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds the entry behind the last row, unless it is found on the way there.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="json">The same.</param>
    /// <param name="after">It is not at this position, or before.</param>
    /// <param name="isNew">Nobody has appended it before: the first attempt needs no look.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    private async Task FeedAsync(JournalEntry entry, string json, long after, bool isNew, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (!isNew || attempt > 0)
            {
                var (isThere, last) = await LookAsync(entry, after, cancellationToken).ConfigureAwait(false);
                after = last;
                _tail = Math.Max(_tail, last);
                if (isThere)
                {
                    return;
                }
            }

            var row = new TableEntity(TableKeys.Feed, TableKeys.NewestFirst(after + 1)) { [Chain] = entry.Chain, [Sequence] = entry.Sequence };
            TableContent.Put(row, json);
            if (await table.TryInsertAsync(row, cancellationToken).ConfigureAwait(false) is not null)
            {
                _tail = Math.Max(_tail, after + 1);
                return;
            }
        }

        throw new StateStoreException($"The journal in table {table.Name} kept growing and had no place for an entry of {entry.Chain}; the next tick tries again.");
    }

    /// <summary>Looks at all rows behind a position.</summary>
    private async Task<(bool IsThere, long Last)> LookAsync(JournalEntry entry, long after, CancellationToken cancellationToken)
    {
        var (isThere, last) = (false, after);
        await VisitFeedAsync(
            after,
            int.MaxValue,
            Identity,
            row =>
            {
                last = Math.Max(last, TableKeys.NumberOf(row.RowKey));
                isThere |= row.GetInt64(Sequence) == entry.Sequence && row.GetString(Chain) == entry.Chain;
            },
            cancellationToken).ConfigureAwait(false);
        return (isThere, last);
    }

    private async Task<long> FindTailAsync(CancellationToken cancellationToken)
    {
        var tail = 0L;
        await table.VisitAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.Feed}"),
            Identity,
            pageSize: 1,
            row =>
            {
                tail = TableKeys.NumberOf(row.RowKey);
                return false;
            },
            cancellationToken).ConfigureAwait(false);
        return tail;
    }

    /// <summary>Goes through the rows behind a position, newest first.</summary>
    private Task VisitFeedAsync(long after, int limit, string[]? select, Action<TableEntity> visit, CancellationToken cancellationToken)
    {
        var last = after > long.MaxValue - limit ? long.MaxValue : after + limit;
        return table.VisitAsync(
            TableClient.CreateQueryFilter(
                $"PartitionKey eq {TableKeys.Feed} and RowKey ge {TableKeys.NewestFirst(last)} and RowKey le {TableKeys.NewestFirst(after + 1)}"),
            select,
            pageSize: null,
            row =>
            {
                visit(row);
                return true;
            },
            cancellationToken);
    }

    private async Task<IReadOnlyList<JournalEntry>> ReadChainAsync(string chain, JournalQuery query, CancellationToken cancellationToken)
    {
        var entries = new List<JournalEntry>();
        await table.VisitAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.PartitionOf(TableKeys.Journal, chain)} and At ge {query.Since?.UtcTicks ?? 0}"),
            select: null,
            Math.Min(query.Limit, 1000),
            entity =>
            {
                entries.Add(Parse(entity));
                return entries.Count < query.Limit;
            },
            cancellationToken).ConfigureAwait(false);
        return entries;
    }

    /// <summary>
    /// The newest of all chains, for which every chain has to be read. The functions never ask for it; they read the feed.
    /// </summary>
    private async Task<IReadOnlyList<JournalEntry>> ReadAllAsync(JournalQuery query, CancellationToken cancellationToken)
    {
        var newest = new SortedSet<JournalEntry>(NewestFirst);
        await table.VisitAsync(
            TableFilters.All(TableKeys.Journal, TableClient.CreateQueryFilter($"At ge {query.Since?.UtcTicks ?? 0}")),
            select: null,
            pageSize: null,
            entity =>
            {
                newest.Add(Parse(entity));
                if (newest.Count > query.Limit)
                {
                    newest.Remove(newest.Max!);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return [.. newest];
    }

    private static Comparer<JournalEntry> NewestFirst { get; } = Comparer<JournalEntry>.Create((one, other) =>
        other.At.CompareTo(one.At) is not 0 and var byTime ? byTime
        : string.CompareOrdinal(one.Chain, other.Chain) is not 0 and var byChain ? byChain
        : other.Sequence.CompareTo(one.Sequence));

    private JournalEntry Parse(TableEntity entity) => TableJson.Parse(entity, StateJson.Default.JournalEntry, table.Name);
}
