using Microsoft.Data.Sqlite;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Adapters.Queues;

/// <summary>Says of a SQLite error what happened to the queues. It differs from the state in what a damaged file costs: nothing.</summary>
internal static class SqliteQueueFaults
{
    // Primary result codes, https://sqlite.org/rescode.html
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    public static WorkQueueException Explain(SqliteException exception, string file) =>
        new(exception.SqliteErrorCode is Corrupt or NotADatabase
            ? $"The queues in {file} are damaged ({exception.Message}). Stop the worker and delete queue.db, queue.db-wal and "
                + "queue.db-shm together: only hints are lost."
            : SqliteFaults.Explain(exception, file).Message, exception);
}
