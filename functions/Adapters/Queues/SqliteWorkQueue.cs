using System.Globalization;
using Microsoft.Data.Sqlite;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Queues;

/// <summary>
/// The embedded queues: one file, <c>queue.db</c>, beside the state and apart from it, so that a burst of messages never keeps
/// a write of the state waiting. Time is the app's: in a simulation a delay of ten minutes passes with the simulated clock.
/// </summary>
internal sealed class SqliteWorkQueue : IWorkQueue, IWorkSource, IDisposable
{
    /// <summary>Most messages of one queue. More means that nobody receives, and a full disk would stop the state too.</summary>
    public const int DefaultMaximum = 100_000;

    // As long as the Functions host keeps them: a queue's default.
    private static readonly TimeSpan PoisonLife = TimeSpan.FromDays(7);

    private readonly SqliteConnection _connection;
    private readonly string _file;
    private readonly TimeProvider _time;
    private readonly int _maximum;
    private readonly SqliteSession _session;

    private SqliteWorkQueue(SqliteConnection connection, string file, TimeProvider time, int maximum)
    {
        _connection = connection;
        _file = file;
        _session = new SqliteSession(connection, exception => SqliteQueueFaults.Explain(exception, file));
        _time = time;
        _maximum = maximum;
    }

    private long Now => _time.GetUtcNow().UtcTicks;

    /// <summary>Opens the queues of a directory, making the file when there is none.</summary>
    /// <exception cref="WorkQueueException">They cannot be used; the message says why and what to do.</exception>
    public static SqliteWorkQueue Open(string directory, TimeProvider time, int maximum = DefaultMaximum) =>
        Open(directory, time, maximum, SqliteSettings.Default);

    internal static SqliteWorkQueue Open(string directory, TimeProvider time, int maximum, SqliteSettings settings)
    {
        try
        {
            var file = Path.Combine(LocalDirectory.Require(directory, settings.MountTable), "queue.db");
            return new SqliteWorkQueue(Connect(file, settings), file, time, maximum);
        }
        catch (StateStoreException exception)
        {
            throw new WorkQueueException(exception.Message, exception);
        }
    }

    internal static SqliteConnection Connect(string file, SqliteSettings settings)
    {
        var connection = SqliteConnections.Create(file, settings);
        try
        {
            SqliteConnections.Open(connection, settings);

            // Unlike the state, a message is only a hint: what a power loss takes is found again by the next sweep. With the log,
            // NORMAL never damages the file, and a message costs no flush of the disk.
            connection.Execute("PRAGMA synchronous = NORMAL");
            SqliteQueueSchema.Ensure(connection, file);
            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw SqliteQueueFaults.Explain(exception, file);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public Task SendAsync(WorkMessage message, CancellationToken cancellationToken) =>
        _session.RunInTransaction(
            () =>
            {
                var queue = WorkQueueNames.Default.Of(message.Kind);
                DropExpired();
                if (Count("SELECT count(*) FROM messages WHERE queue = $1", queue) >= _maximum)
                {
                    throw new WorkQueueException(
                        $"The queue {queue} in {_file} is full: {_maximum} messages wait and nobody receives them. See whether the worker "
                        + "runs; messages that expire make room by themselves.");
                }

                return Add(queue, message.Body, message.VisibleAfter, message.ExpiresAfter);
            },
            cancellationToken);

    public Task<IReadOnlyList<ReceivedWork>> ReceiveAsync(WorkKind kind, int most, TimeSpan lease, CancellationToken cancellationToken)
    {
        WorkLimits.RequireReceive(most, lease);
        return _session.RunInTransaction<IReadOnlyList<ReceivedWork>>(
            () =>
            {
                DropExpired();
                var until = Now + lease.Ticks;
                var taken = _connection.Query(
                    """
                    SELECT sequence, body, dequeue_count + 1, inserted_at, expires_at, receipt + 1 FROM messages
                    WHERE queue = $1 AND visible_at <= $2 ORDER BY visible_at, sequence LIMIT $3
                    """,
                    reader => Read(kind, until, reader),
                    WorkQueueNames.Default.Of(kind),
                    Now,
                    most);
                foreach (var work in taken)
                {
                    _connection.Execute(
                        "UPDATE messages SET visible_at = $2, dequeue_count = $3, receipt = $4 WHERE sequence = $1",
                        work.Id,
                        until,
                        work.DequeueCount,
                        work.PopReceipt);
                }

                return taken;
            },
            cancellationToken);
    }

    public Task<WorkSettlement> CompleteAsync(ReceivedWork work, CancellationToken cancellationToken) =>
        _session.RunInTransaction(() => Settle("DELETE FROM messages", work), cancellationToken);

    public Task<WorkSettlement> AbandonAsync(ReceivedWork work, TimeSpan visibleAfter, CancellationToken cancellationToken)
    {
        WorkLimits.RequireAbandon(visibleAfter);
        return _session.RunInTransaction(
            () => Settle("UPDATE messages SET receipt = receipt + 1, visible_at = $4", work, Now + visibleAfter.Ticks), cancellationToken);
    }

    /// <remarks>One transaction: it is in exactly one of the two queues. When that of the poisoned is full, its oldest message goes.</remarks>
    public Task<WorkSettlement> PoisonAsync(ReceivedWork work, CancellationToken cancellationToken) =>
        _session.RunInTransaction(
            () =>
            {
                var settlement = Settle("DELETE FROM messages", work);
                if (settlement is WorkSettlement.Done)
                {
                    var queue = WorkQueueNames.Default.PoisonOf(work.Kind);
                    Add(queue, work.Body, TimeSpan.Zero, PoisonLife);
                    _connection.Execute(
                        """
                        DELETE FROM messages WHERE sequence IN (
                            SELECT sequence FROM messages WHERE queue = $1 ORDER BY sequence DESC LIMIT -1 OFFSET $2)
                        """,
                        queue,
                        _maximum);
                }

                return settlement;
            },
            cancellationToken);

    public Task<int> CountAsync(WorkKind kind, CancellationToken cancellationToken) =>
        CountAsync(WorkQueueNames.Default.Of(kind), cancellationToken);

    public Task<int> CountPoisonAsync(WorkKind kind, CancellationToken cancellationToken) =>
        CountAsync(WorkQueueNames.Default.PoisonOf(kind), cancellationToken);

    public void Dispose()
    {
        _session.Dispose();
    }

    private static ReceivedWork Read(WorkKind kind, long until, SqliteDataReader reader) => new(
        kind,
        reader.GetInt64(0).ToString(CultureInfo.InvariantCulture),
        reader.GetString(1),
        reader.GetInt32(2),
        At(reader.GetInt64(3)),
        At(reader.GetInt64(4)),
        At(until),
        reader.GetInt64(5).ToString(CultureInfo.InvariantCulture));

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);

    private int Add(string queue, string body, TimeSpan visibleAfter, TimeSpan expiresAfter)
    {
        var now = Now;
        return _connection.Execute(
            "INSERT INTO messages (queue, body, inserted_at, expires_at, visible_at, dequeue_count, receipt) VALUES ($1, $2, $3, $4, $5, 0, 0)",
            queue,
            body,
            now,
            now + expiresAfter.Ticks,
            now + visibleAfter.Ticks);
    }

    private void DropExpired() => _connection.Execute("DELETE FROM messages WHERE expires_at <= $1", Now);

    /// <summary>Changes a message whose receipt still fits; values of the change are numbered from <c>$4</c>.</summary>
    private WorkSettlement Settle(string change, ReceivedWork work, params ReadOnlySpan<object> values) =>
        _connection.Execute($"{change} WHERE sequence = $1 AND receipt = $2 AND expires_at > $3", [work.Id, work.PopReceipt, Now, .. values]) == 1
            ? WorkSettlement.Done
            : WorkSettlement.ReceiptLost;

    private Task<int> CountAsync(string queue, CancellationToken cancellationToken) =>
        _session.Run(() => Count("SELECT count(*) FROM messages WHERE queue = $1 AND expires_at > $2", queue, Now), cancellationToken);

    private int Count(string sql, params ReadOnlySpan<object> values) => Convert.ToInt32(_connection.Scalar(sql, values));
}
