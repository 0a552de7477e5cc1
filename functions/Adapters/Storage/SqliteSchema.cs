using Microsoft.Data.Sqlite;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Storage;

/// <summary>The tables of the embedded store and their version.</summary>
internal static class SqliteSchema
{
    public const int Version = 2;

    // The triggers keep the journal append-only against our own mistakes too.
    private const string First = """
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

    // Small documents, and the order in which the journal was written: by time, but a chain's own order where a clock went back.
    private const string Second = """
        CREATE TABLE documents (
            partition TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, json TEXT NOT NULL, expires INTEGER NOT NULL,
            PRIMARY KEY (partition, key)) WITHOUT ROWID;
        CREATE INDEX documents_expires ON documents (expires);
        DROP TRIGGER journal_stays;
        ALTER TABLE journal ADD COLUMN position INTEGER;
        UPDATE journal SET position = numbered.number
            FROM (
                SELECT chain, sequence, row_number() OVER (ORDER BY reached, chain, sequence) AS number
                FROM (SELECT chain, sequence, max(at) OVER (PARTITION BY chain ORDER BY sequence) AS reached FROM journal)) AS numbered
            WHERE journal.chain = numbered.chain AND journal.sequence = numbered.sequence;
        CREATE UNIQUE INDEX journal_position ON journal (position);
        CREATE TRIGGER journal_stays BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
        PRAGMA user_version = 2;
        """;

    /// <summary>What leads from one version to the next; a state of any older version is brought up to date when it is opened.</summary>
    private static readonly string[] Steps = [First, Second];

    public static void Ensure(SqliteConnection connection, string file)
    {
        if (Check(connection, file) == Version)
        {
            return;
        }

        // Asked again inside the write transaction: another process may have made the tables in between.
        using var transaction = connection.BeginTransaction(deferred: false);
        foreach (var step in Steps.Skip(Check(connection, file)))
        {
            connection.Execute(step);
        }

        transaction.Commit();
    }

    private static int Check(SqliteConnection connection, string file)
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

        return (int)version;
    }
}
