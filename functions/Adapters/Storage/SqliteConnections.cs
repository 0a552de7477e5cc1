using Microsoft.Data.Sqlite;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Storage;

/// <summary>
/// Connections with the settings durability depends on. Write-ahead log, because readers of another process then never
/// stop the worker's writes, and with <c>synchronous=FULL</c> a commit is one flushed append; in the older modes FULL does not
/// flush the directory after the commit, so a power loss could bring a rolled-back past to life again.
/// </summary>
internal static class SqliteConnections
{
    // Before this version two processes could damage the file by writing and checkpointing at once (sqlite.org/wal.html).
    private static readonly Version Oldest = new(3, 51, 3);

    public static SqliteConnection Create(string file, SqliteSettings settings) => new(
        new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)settings.BusyTimeout.TotalSeconds),
        }.ToString());

    public static void Open(SqliteConnection connection, SqliteSettings settings)
    {
        connection.Open();
        if (Version.Parse(connection.ServerVersion) < Oldest)
        {
            throw new StateStoreException($"SQLite {connection.ServerVersion} is too old to be trusted with the state: {Oldest} is needed.");
        }

        connection.Execute($"PRAGMA busy_timeout = {(int)settings.BusyTimeout.TotalMilliseconds}");
        connection.Execute("PRAGMA journal_mode = WAL");
        connection.Execute("PRAGMA synchronous = FULL");
        if (settings.MaximumPages is { } pages)
        {
            connection.Execute($"PRAGMA max_page_count = {pages}");
        }

        RequireDurability(connection);
    }

    /// <summary>Reads the settings back: a pragma that was not obeyed answers without an error.</summary>
    internal static void RequireDurability(SqliteConnection connection)
    {
        var mode = connection.Scalar("PRAGMA journal_mode") as string;
        var synchronous = Convert.ToInt64(connection.Scalar("PRAGMA synchronous"));
        if (mode != "wal" || synchronous < 2)
        {
            throw new StateStoreException(
                $"The state in {connection.DataSource} would not survive a power loss: SQLite runs it with journal_mode={mode}, "
                + $"synchronous={synchronous} instead of wal, 2. Name a directory on an ordinary local disk with --state.");
        }
    }
}
