using Microsoft.Data.Sqlite;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Storage;

/// <summary>Runs work on one connection, one piece at a time, and closes it.</summary>
/// <param name="connection">The connection; nobody else uses it.</param>
/// <param name="explain">Makes of SQLite's fault what the port throws.</param>
internal sealed class SqliteSession(SqliteConnection connection, Func<SqliteException, Exception> explain) : IDisposable
{
    private readonly Lock _gate = new();

    // SQLite has no asynchronous calls; a task that ran on the caller's thread is the honest form of that.
    public Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken)
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
            return Task.FromException<T>(explain(exception));
        }
        catch (Exception exception) when (exception is StateStoreException or WorkQueueException)
        {
            return Task.FromException<T>(exception);
        }
    }

    public Task<T> RunInTransaction<T>(Func<T> work, CancellationToken cancellationToken) =>
        Run(
            () =>
            {
                // Not deferred: what is read decides what is written, and no other process may come in between.
                using var transaction = connection.BeginTransaction(deferred: false);
                var result = work();
                transaction.Commit();
                return result;
            },
            cancellationToken);

    public void Dispose()
    {
        lock (_gate)
        {
            connection.Dispose();
        }
    }
}
