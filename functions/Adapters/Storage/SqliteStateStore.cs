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
public sealed class SqliteStateStore : IStateStore, IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _file;
    private readonly Lock _gate = new();

    private SqliteStateStore(SqliteConnection connection, string file)
    {
        _connection = connection;
        _file = file;
    }

    /// <summary>Opens the store of a directory, making the file when there is none.</summary>
    /// <exception cref="StateStoreException">The state cannot be used; the message says why and what to do.</exception>
    public static SqliteStateStore Open(string directory) => Open(directory, SqliteSettings.Default);

    internal static SqliteStateStore Open(string directory, SqliteSettings settings)
    {
        var file = Path.Combine(LocalDirectory.Require(directory, settings.MountTable), "state.db");
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
        Run<IReadOnlyList<TargetRow>>(() => _connection.Query("SELECT version, json FROM targets ORDER BY key", ReadTarget), cancellationToken);

    public Task<TargetRow> ReadTargetAsync(TargetId target, CancellationToken cancellationToken) =>
        Run(
            () => _connection.Query("SELECT version, json FROM targets WHERE key = $1", ReadTarget, target.Key)
                .SingleOrDefault(new TargetRow { Target = target }),
            cancellationToken);

    public Task<IReadOnlyList<RowWrite>> WriteTargetsAsync(IReadOnlyList<TargetRow> rows, CancellationToken cancellationToken) =>
        RunInTransaction<IReadOnlyList<RowWrite>>(() => rows.Select(WriteTarget).ToList(), cancellationToken);

    public Task<FleetRow> ReadFleetAsync(CancellationToken cancellationToken) =>
        Run(
            () => _connection.Query("SELECT version, json FROM fleet", ReadFleet).SingleOrDefault(new FleetRow()),
            cancellationToken);

    public Task<RowWrite> WriteFleetAsync(FleetRow row, CancellationToken cancellationToken) =>
        RunInTransaction(() => WriteFleet(row), cancellationToken);

    /// <remarks>All entries are added or none.</remarks>
    public Task AppendJournalAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken) =>
        RunInTransaction(
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
        Run<IReadOnlyList<JournalEntry>>(
            () => _connection.Query(
                query.Chain is null
                    ? "SELECT json FROM journal WHERE at >= $2 ORDER BY at DESC, chain, sequence DESC LIMIT $3"
                    : "SELECT json FROM journal WHERE chain = $1 AND at >= $2 ORDER BY sequence DESC LIMIT $3",
                reader => Parse(reader.GetString(0), StateJson.Default.JournalEntry),
                query.Chain ?? "",
                query.Since?.UtcTicks ?? 0,
                Math.Max(0, query.Limit)),
            cancellationToken);

    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    private TargetRow ReadTarget(SqliteDataReader reader) =>
        Parse(reader.GetString(1), StateJson.Default.TargetRow) with { Version = reader.GetInt64(0) };

    private FleetRow ReadFleet(SqliteDataReader reader) =>
        Parse(reader.GetString(1), StateJson.Default.FleetRow) with { Version = reader.GetInt64(0) };

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

    private static RowWrite Answer(long version, int changed) =>
        changed == 1 ? new RowWrite.Written(version) : new RowWrite.Conflict();

    private void Append(JournalEntry entry)
    {
        var added = _connection.Execute(
            "INSERT INTO journal VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
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

    private T Parse<T>(string json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new StateStoreException(SqliteFaults.Damaged(_file, $"a row is not readable: {exception.Message}"), exception);
        }
    }

    private Task<T> RunInTransaction<T>(Func<T> work, CancellationToken cancellationToken) =>
        Run(
            () =>
            {
                using var transaction = _connection.BeginTransaction(deferred: false);
                var result = work();
                transaction.Commit();
                return result;
            },
            cancellationToken);

    // SQLite has no asynchronous calls; a task that ran on the caller's thread is the honest form of that.
    private Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            lock (_gate)
            {
                return Task.FromResult(work());
            }
        }
        catch (SqliteException exception)
        {
            return Task.FromException<T>(SqliteFaults.Explain(exception, _file));
        }
        catch (StateStoreException exception)
        {
            return Task.FromException<T>(exception);
        }
    }
}
