using Microsoft.Data.Sqlite;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Adapters.Queues;

/// <summary>The table of the embedded queues and its version.</summary>
internal static class SqliteQueueSchema
{
    public const int Version = 1;

    // AUTOINCREMENT: an id is never given to a second message, so an old receipt cannot fit a new one.
    private const string Tables = """
        CREATE TABLE messages (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, body TEXT NOT NULL, inserted_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL, visible_at INTEGER NOT NULL, dequeue_count INTEGER NOT NULL, receipt INTEGER NOT NULL);
        CREATE INDEX messages_visible ON messages (queue, visible_at, sequence);
        CREATE INDEX messages_expire ON messages (expires_at);
        PRAGMA user_version = 1;
        """;

    public static void Ensure(SqliteConnection connection, string file)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = Convert.ToInt64(connection.Scalar("PRAGMA user_version"));
        if (version > Version)
        {
            throw new WorkQueueException(
                $"The queues in {file} were written by a newer version of ScaleFunctions (format {version}, this one knows {Version}). "
                + "Run the newer version, or delete the file: only hints are lost.");
        }

        if (version is 0)
        {
            connection.Execute(Tables);
        }

        transaction.Commit();
    }
}
