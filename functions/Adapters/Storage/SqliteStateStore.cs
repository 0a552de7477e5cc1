using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Data.Sqlite;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Storage;

/// <summary>
/// The embedded store: one file, <c>state.db</c>, in a local directory. One connection guarded by a lock serves the process:
/// a statement takes well under a millisecond, so a pool would buy nothing and each connection would have its settings to prove.
/// Other processes have their own connection and work beside it.
/// </summary>
public sealed class SqliteStateStore : IStateStore, IDocumentStore, IDocumentListing, IChangeFeed, IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _file;
    private readonly SqliteSession _session;

    private SqliteStateStore(SqliteConnection connection, string file)
    {
        _connection = connection;
        _file = file;
        _session = new SqliteSession(connection, exception => SqliteFaults.Explain(exception, file));
    }

    /// <summary>Whether a directory holds a state already.</summary>
    public static bool IsThere(string directory) => new FileInfo(Path.Combine(directory, "state.db")) is { Exists: true, Length: > 0 };

    /// <summary>Opens the store of a directory, making the file when there is none.</summary>
    /// <exception cref="StateStoreException">The state cannot be used; the message says why and what to do.</exception>
    public static SqliteStateStore Open(string directory) => Open(directory, SqliteSettings.Default);

    internal static SqliteStateStore Open(string directory, SqliteSettings settings)
    {
        var file = Path.Combine(LocalDirectory.Require(directory, settings.MountTable), "state.db");
        if (!IsThere(directory) && new FileInfo(Path.Combine(directory, "queue.db")) is { Exists: true, Length: > 0 })
        {
            // The queues are made after the state, so there was one: begun anew, it would know of no kill switch and no open action.
            throw new StateStoreException(
                $"The state in {file} is gone, though the queues beside it are there. Restore the last backup with 'state restore FILE DIRECTORY' "
                + "into another directory; without one, to begin with nothing known, delete the directory.");
        }

        var connection = SqliteConnections.Create(file, settings);
        try
        {
            SqliteConnections.Open(connection, settings);
            SqliteSchema.Ensure(connection, file);
            return new SqliteStateStore(connection, file);
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw SqliteFaults.Explain(exception, file);
        }
        catch (StateStoreException)
        {
            connection.Dispose();
            throw;
        }
    }

    public Task<IReadOnlyList<TargetRow>> ReadTargetsAsync(CancellationToken cancellationToken) =>
        _session.Run<IReadOnlyList<TargetRow>>(() => _connection.Query("SELECT version, json FROM targets ORDER BY key", ReadTarget), cancellationToken);

    public Task<TargetRow> ReadTargetAsync(TargetId target, CancellationToken cancellationToken) =>
        _session.Run(() => ReadTarget(target), cancellationToken);

    public Task<IReadOnlyList<TargetRow>> ReadTargetsAsync(IReadOnlyList<TargetId> targets, CancellationToken cancellationToken) =>
        _session.Run<IReadOnlyList<TargetRow>>(() => [.. targets.Select(ReadTarget)], cancellationToken);

    public Task<IReadOnlyList<RowWrite>> WriteTargetsAsync(IReadOnlyList<TargetRow> rows, CancellationToken cancellationToken) =>
        _session.RunInTransaction<IReadOnlyList<RowWrite>>(() => rows.Select(WriteTarget).ToList(), cancellationToken);

    public Task<FleetRow> ReadFleetAsync(CancellationToken cancellationToken) =>
        _session.Run(
            () => _connection.Query("SELECT version, json FROM fleet", ReadFleet).SingleOrDefault(new FleetRow()),
            cancellationToken);

    public Task<RowWrite> WriteFleetAsync(FleetRow row, CancellationToken cancellationToken) =>
        _session.RunInTransaction(() => WriteFleet(row), cancellationToken);

    /// <remarks>All entries are added or none.</remarks>
    public Task AppendJournalAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken) =>
        _session.RunInTransaction(
            () =>
            {
                foreach (var entry in entries)
                {
                    Append(entry);
                }

                return true;
            },
            cancellationToken);

    public Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(JournalQuery query, CancellationToken cancellationToken) =>
        _session.Run<IReadOnlyList<JournalEntry>>(
            () => _connection.Query(
                query.Chain is null
                    ? "SELECT chain, sequence, at, kind, hash, json FROM journal WHERE at >= $2 ORDER BY at DESC, chain, sequence DESC LIMIT $3"
                    : "SELECT chain, sequence, at, kind, hash, json FROM journal WHERE chain = $1 AND at >= $2 ORDER BY sequence DESC LIMIT $3",
                ReadEntry,
                query.Chain ?? "",
                query.Since?.UtcTicks ?? 0,
                Math.Max(0, query.Limit)),
            cancellationToken);

    public Task<IReadOnlyList<JournalChange>> ReadChangesAsync(long after, int limit, CancellationToken cancellationToken) =>
        _session.Run<IReadOnlyList<JournalChange>>(
            () => _connection.Query(
                "SELECT position, json FROM journal WHERE position > $1 ORDER BY position LIMIT $2", ReadChange, after, Math.Max(0, limit)),
            cancellationToken);

    public Task<IReadOnlyList<JournalChange>> ReadLatestAsync(int limit, CancellationToken cancellationToken) =>
        _session.Run<IReadOnlyList<JournalChange>>(
            () => _connection.Query("SELECT position, json FROM journal ORDER BY position DESC LIMIT $1", ReadChange, Math.Max(0, limit)),
            cancellationToken);

    public Task<StoredDocument?> ReadDocumentAsync(string partition, string key, CancellationToken cancellationToken) =>
        _session.Run(
            () => _connection.Query(
                "SELECT partition, key, version, json, expires FROM documents WHERE partition = $1 AND key = $2", ReadDocument, partition, key)
                .SingleOrDefault(),
            cancellationToken);

    public Task<RowWrite> WriteDocumentAsync(StoredDocument document, CancellationToken cancellationToken) =>
        _session.RunInTransaction(() => WriteDocument(document), cancellationToken);

    public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string partition, CancellationToken cancellationToken) =>
        _session.Run<IReadOnlyList<StoredDocument>>(
            () => _connection.Query(
                "SELECT partition, key, version, json, expires FROM documents WHERE partition = $1 ORDER BY key", ReadDocument, partition),
            cancellationToken);

    public async IAsyncEnumerable<StoredDocument> AllDocumentsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (StoredDocument? last = null; await PageAsync(last?.Partition ?? "", last?.Key ?? "", cancellationToken).ConfigureAwait(false) is { Count: > 0 } page; last = page[^1])
        {
            foreach (var document in page)
            {
                yield return document;
            }
        }
    }

    public Task DeleteDocumentAsync(string partition, string key, CancellationToken cancellationToken) =>
        _session.RunInTransaction(
            () => _connection.Execute("DELETE FROM documents WHERE partition = $1 AND key = $2", partition, key), cancellationToken);

    public Task PruneDocumentsAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        _session.RunInTransaction(() => _connection.Execute("DELETE FROM documents WHERE expires < $1", now.UtcTicks), cancellationToken);

    public void Dispose()
    {
        _session.Dispose();
    }

    private Task<IReadOnlyList<StoredDocument>> PageAsync(string partition, string key, CancellationToken cancellationToken) =>
        _session.Run<IReadOnlyList<StoredDocument>>(
            () => _connection.Query(
                "SELECT partition, key, version, json, expires FROM documents WHERE (partition, key) > ($1, $2) ORDER BY partition, key LIMIT 200", ReadDocument, partition, key),
            cancellationToken);

    private JournalChange ReadChange(SqliteDataReader reader) =>
        new(reader.GetInt64(0), Parse(reader, 1, StateJson.Default.JournalEntry));

    /// <summary>
    /// By its columns an entry is found. One that they tell something else of than it says itself is where they say, and without a hash,
    /// so that it proves nothing wherever it is read.
    /// </summary>
    private JournalEntry ReadEntry(SqliteDataReader reader)
    {
        var entry = Parse(reader, 5, StateJson.Default.JournalEntry);
        var (chain, sequence) = (reader.GetString(0), reader.GetInt64(1));
        return entry.Chain == chain && entry.Sequence == sequence && entry.At.UtcTicks == reader.GetInt64(2)
            && entry.Kind.ToString() == reader.GetString(3) && entry.Hash == reader.GetString(4)
            ? entry
            : entry with { Chain = chain, Sequence = sequence, Hash = "" };
    }

    private TargetRow ReadTarget(TargetId target) =>
        _connection.Query("SELECT version, json FROM targets WHERE key = $1", ReadTarget, target.Key).SingleOrDefault(new TargetRow { Target = target });

    private TargetRow ReadTarget(SqliteDataReader reader) =>
        Parse(reader, 1, StateJson.Default.TargetRow) with { Version = reader.GetInt64(0) };

    private FleetRow ReadFleet(SqliteDataReader reader) =>
        Parse(reader, 1, StateJson.Default.FleetRow) with { Version = reader.GetInt64(0) };

    private RowWrite WriteTarget(TargetRow row)
    {
        var next = row.Version + 1;
        var json = JsonSerializer.Serialize(row with { Version = next }, StateJson.Default.TargetRow);
        return Answer(next, row.Version is 0
            ? _connection.Execute("INSERT INTO targets VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", row.Target.Key, next, json)
            : _connection.Execute(
                "UPDATE targets SET version = $2, json = $3 WHERE key = $1 AND version = $4", row.Target.Key, next, json, row.Version));
    }

    private RowWrite WriteFleet(FleetRow row)
    {
        var next = row.Version + 1;
        var json = JsonSerializer.Serialize(row with { Version = next }, StateJson.Default.FleetRow);
        return Answer(next, row.Version is 0
            ? _connection.Execute("INSERT INTO fleet VALUES (1, $1, $2) ON CONFLICT DO NOTHING", next, json)
            : _connection.Execute("UPDATE fleet SET version = $1, json = $2 WHERE version = $3", next, json, row.Version));
    }

    private static StoredDocument ReadDocument(SqliteDataReader reader) => new(
        reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), new DateTimeOffset(reader.GetInt64(4), TimeSpan.Zero));

    private RowWrite WriteDocument(StoredDocument document)
    {
        var next = document.Version + 1;
        var expires = document.ExpiresAt.UtcTicks;
        return Answer(next, document.Version is 0
            ? _connection.Execute(
                "INSERT INTO documents VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                document.Partition, document.Key, next, document.Json, expires)
            : _connection.Execute(
                "UPDATE documents SET version = $3, json = $4, expires = $5 WHERE partition = $1 AND key = $2 AND version = $6",
                document.Partition, document.Key, next, document.Json, expires, document.Version));
    }

    private static RowWrite Answer(long version, int changed) =>
        changed == 1 ? new RowWrite.Written(version) : new RowWrite.Conflict();

    private void Append(JournalEntry entry)
    {
        var added = _connection.Execute(
            """
            INSERT INTO journal (chain, sequence, at, kind, hash, json, position)
            SELECT $1, $2, $3, $4, $5, $6, coalesce(max(position), 0) + 1 FROM journal WHERE true
            ON CONFLICT (chain, sequence) DO NOTHING
            """,
            entry.Chain,
            entry.Sequence,
            entry.At.UtcTicks,
            entry.Kind.ToString(),
            entry.Hash,
            JsonSerializer.Serialize(entry, StateJson.Default.JournalEntry));
        if (added == 0 && (string?)_connection.Scalar(
            "SELECT hash FROM journal WHERE chain = $1 AND sequence = $2", entry.Chain, entry.Sequence) != entry.Hash)
        {
            throw new StateStoreException(
                $"Entry {entry.Sequence} of journal {entry.Chain} in {_file} is there with other content. Two histories of one target "
                + "exist: stop the worker and compare with the last backup.");
        }
    }

    /// <summary>Read as the bytes it is kept as: a fleet's rows as text would be twice the memory.</summary>
    private T Parse<T>(SqliteDataReader reader, int column, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(column), type) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new StateStoreException(SqliteFaults.Damaged(_file, $"a row is not readable: {exception.Message}"), exception);
        }
    }
}
