using Microsoft.Data.Sqlite;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Storage;

/// <summary>The tables of the embedded store and their version.</summary>
internal static class SqliteSchema
{
    public const int Version = 1;

    // The triggers keep the journal append-only against our own mistakes too.
    private const string Tables = """
        CREATE TABLE targets (key TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE fleet (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL, json TEXT NOT NULL);
        CREATE TABLE journal (
            chain TEXT NOT NULL, sequence INTEGER NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL, hash TEXT NOT NULL,
            json TEXT NOT NULL, PRIMARY KEY (chain, sequence)) WITHOUT ROWID;
        CREATE INDEX journal_at ON journal (at);
        CREATE TRIGGER journal_keeps BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
        CREATE TRIGGER journal_stays BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
        PRAGMA user_version = 1;
        """;

    public static void Ensure(SqliteConnection connection, string file)
    {
        if (Check(connection, file))
        {
            return;
        }

        // Asked again inside the write transaction: another process may have made the tables in between.
        using var transaction = connection.BeginTransaction(deferred: false);
        if (!Check(connection, file))
        {
            connection.Execute(Tables);
        }

        transaction.Commit();
    }

    private static bool Check(SqliteConnection connection, string file)
    {
        var version = Convert.ToInt64(connection.Scalar("PRAGMA user_version"));
        if (version > Version)
        {
            throw new StateStoreException(
                $"The state in {file} was written by a newer version of ScaleFunctions (format {version}, this one knows {Version}). "
                + "Run the newer version, or name another directory with --state.");
        }

        if (version is 0 && Convert.ToInt64(connection.Scalar("SELECT count(*) FROM sqlite_master")) > 0)
        {
            throw new StateStoreException(
                $"{file} is a database of something else. Move it away, or name another directory with --state.");
        }

        return version == Version;
    }
}
