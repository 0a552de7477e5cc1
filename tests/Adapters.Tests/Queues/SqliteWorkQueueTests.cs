using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Adapters.Queues;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Adapters.Tests.Storage;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Adapters.Tests.Queues;

public sealed class SqliteWorkQueueTests : WorkQueueContract, IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 18, 0, 0, TimeSpan.Zero));
    private readonly List<IDisposable> _open = [];

    public void Dispose()
    {
        _open.ForEach(queue => queue.Dispose());
        _directory.Dispose();
    }

    protected override (IWorkQueue Queue, IWorkSource Source) Open()
    {
        var queue = Open(SqliteWorkQueue.DefaultMaximum);
        return (queue, queue);
    }

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    protected override async Task<ReceivedWork> ReceiveAfterAsync(IWorkSource source, WorkKind kind, TimeSpan passed)
    {
        if (passed > TimeSpan.Zero)
        {
            _time.Advance(passed - Tick);
            Assert.Empty(await ReceiveAsync(source, kind));
            _time.Advance(Tick);
        }

        return Assert.Single(await ReceiveAsync(source, kind));
    }

    [Fact]
    public async Task Messages_outlive_the_queue_that_took_them()
    {
        using (var queue = SqliteWorkQueue.Open(_directory.Path, _time))
        {
            await queue.SendAsync(Message("a"), Cancellation);
            await queue.SendAsync(Message("b"), Cancellation);
            await queue.PoisonAsync(Assert.Single(await ReceiveAsync(queue, most: 1)), Cancellation);
        }

        var (_, source) = Open();
        Assert.Equal(["b"], Bodies(await ReceiveAsync(source)));
        Assert.Equal(1, await source.CountPoisonAsync(WorkKind.Evaluate, Cancellation));
    }

    [Fact]
    public async Task A_lease_and_its_receipt_outlive_a_restart()
    {
        ReceivedWork work;
        using (var queue = SqliteWorkQueue.Open(_directory.Path, _time))
        {
            await queue.SendAsync(Message("a"), Cancellation);
            work = Assert.Single(await ReceiveAsync(queue));
        }

        var (_, source) = Open();
        Assert.Empty(await ReceiveAsync(source));
        Assert.Equal(WorkSettlement.Done, await source.CompleteAsync(work, Cancellation));
    }

    [Fact]
    public async Task Two_processes_share_the_messages_and_each_goes_to_one()
    {
        const int messages = 400;
        var (queue, source) = Open();
        for (var number = 0; number < messages; number++)
        {
            await queue.SendAsync(Message($"{number}"), Cancellation);
        }

        using var other = QueueProcess.Start(_directory.Path, _time.GetUtcNow());
        Assert.Equal("ready", await other.StandardOutput.ReadLineAsync(Cancellation));
        await other.StandardInput.WriteLineAsync("go");
        var ours = QueueProcess.Drain(source);
        var theirs = (await other.StandardOutput.ReadToEndAsync(Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await other.WaitForExitAsync(Cancellation);

        Assert.Equal(Enumerable.Range(0, messages), ours.Concat(theirs).Select(int.Parse).Order());
        Assert.Equal(0, await source.CountAsync(WorkKind.Evaluate, Cancellation));
    }

    [Fact]
    public async Task What_became_visible_first_comes_first_and_then_what_was_sent_first()
    {
        var (queue, source) = Open();
        await queue.SendAsync(new WorkMessage(WorkKind.Evaluate, "third", 2 * Second, Hour), Cancellation);
        await queue.SendAsync(new WorkMessage(WorkKind.Evaluate, "first", Second, Hour), Cancellation);
        await queue.SendAsync(new WorkMessage(WorkKind.Evaluate, "second", Second, Hour), Cancellation);
        await PassAsync(2 * Second);

        Assert.Equal(["first", "second", "third"], Bodies(await ReceiveAsync(source)));
    }

    [Fact]
    public async Task The_moment_of_expiry_is_exact_and_ends_a_lease_too()
    {
        var (queue, source) = Open();
        await queue.SendAsync(new WorkMessage(WorkKind.Evaluate, "a", TimeSpan.Zero, Hour), Cancellation);
        await queue.SendAsync(new WorkMessage(WorkKind.Evaluate, "b", TimeSpan.Zero, Hour), Cancellation);
        await PassAsync(Hour - Tick);
        var work = await ReceiveAsync(source, lease: 2 * Hour);
        Assert.Equal(WorkSettlement.Done, await source.CompleteAsync(work[0], Cancellation));
        Assert.Equal(1, await source.CountAsync(WorkKind.Evaluate, Cancellation));

        await PassAsync(Tick);

        Assert.Equal(0, await source.CountAsync(WorkKind.Evaluate, Cancellation));
        Assert.Equal(WorkSettlement.ReceiptLost, await source.CompleteAsync(work[1], Cancellation));
    }

    [Fact]
    public async Task A_lease_that_ended_still_holds_while_nobody_else_took_the_message()
    {
        var (queue, source) = Open();
        await queue.SendAsync(Message("a"), Cancellation);
        var work = Assert.Single(await ReceiveAsync(source, lease: Second));
        await PassAsync(Second);

        Assert.Equal(WorkSettlement.Done, await source.CompleteAsync(work, Cancellation));
    }

    [Fact]
    public async Task A_full_queue_refuses_and_expiry_makes_room()
    {
        var queue = Open(maximum: 2);
        await queue.SendAsync(new WorkMessage(WorkKind.Evaluate, "a", TimeSpan.Zero, Second), Cancellation);
        await queue.SendAsync(Message("b"), Cancellation);

        var exception = await Assert.ThrowsAsync<WorkQueueException>(() => queue.SendAsync(Message("c"), Cancellation));
        Assert.Contains("evaluate", exception.Message);
        Assert.Contains("full", exception.Message);
        Assert.Equal(2, await queue.CountAsync(WorkKind.Evaluate, Cancellation));
        await queue.SendAsync(Message("other queue", WorkKind.Verify), Cancellation);

        await PassAsync(Second);
        await queue.SendAsync(Message("c"), Cancellation);
        Assert.Equal(["b", "c"], Bodies(await ReceiveAsync(queue)));
    }

    [Fact]
    public async Task Poison_never_blocks_its_oldest_message_makes_room()
    {
        var queue = Open(maximum: 2);
        foreach (var body in new[] { "a", "b", "c" })
        {
            await queue.SendAsync(Message(body), Cancellation);
            await queue.PoisonAsync(Assert.Single(await ReceiveAsync(queue)), Cancellation);
        }

        using var connection = Raw();
        Assert.Equal(
            ["b", "c"],
            connection.Query("SELECT body FROM messages WHERE queue = 'evaluate-poison' ORDER BY sequence", reader => reader.GetString(0)));
    }

    [Fact]
    public async Task Poison_is_kept_a_week()
    {
        var (queue, source) = Open();
        await queue.SendAsync(Message("a"), Cancellation);
        await source.PoisonAsync(Assert.Single(await ReceiveAsync(source)), Cancellation);

        await PassAsync(TimeSpan.FromDays(7) - Tick);
        Assert.Equal(1, await source.CountPoisonAsync(WorkKind.Evaluate, Cancellation));
        await PassAsync(Tick);
        Assert.Equal(0, await source.CountPoisonAsync(WorkKind.Evaluate, Cancellation));
    }

    [Fact]
    public async Task A_poisoning_that_fails_half_way_changes_nothing()
    {
        var (queue, source) = Open();
        await queue.SendAsync(Message("a"), Cancellation);
        var work = Assert.Single(await ReceiveAsync(source));
        using var connection = Raw();
        connection.Execute("CREATE TRIGGER fail BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'no'); END");

        await Assert.ThrowsAsync<WorkQueueException>(() => source.PoisonAsync(work, Cancellation));

        connection.Execute("DROP TRIGGER fail");
        Assert.Equal(1, await source.CountAsync(WorkKind.Evaluate, Cancellation));
        Assert.Equal(WorkSettlement.Done, await source.PoisonAsync(work, Cancellation));
    }

    [Fact]
    public async Task An_id_is_not_given_twice()
    {
        var (queue, source) = Open();
        await queue.SendAsync(Message("a"), Cancellation);
        var old = Assert.Single(await ReceiveAsync(source));
        await source.CompleteAsync(old, Cancellation);
        await queue.SendAsync(Message("b"), Cancellation);
        var current = Assert.Single(await ReceiveAsync(source));

        Assert.Equal(WorkSettlement.ReceiptLost, await source.CompleteAsync(old, Cancellation));
        Assert.NotEqual(old.Id, current.Id);
    }

    [Fact]
    public async Task The_state_is_not_kept_waiting_by_the_queues()
    {
        SqliteStateStore.Open(_directory.Path).Dispose();
        Open();
        using var writer = Raw();
        using var transaction = writer.BeginTransaction(deferred: false);
        using var state = SqliteStateStore.Open(_directory.Path, new SqliteSettings { BusyTimeout = TimeSpan.FromMilliseconds(50) });

        Assert.IsType<Core.State.RowWrite.Written>(await state.WriteFleetAsync(new Core.State.FleetRow(), Cancellation));
    }

    [Fact]
    public void Messages_are_logged_but_not_flushed_one_by_one()
    {
        using var connection = SqliteWorkQueue.Connect(_directory.File("queue.db"), SqliteSettings.Default);

        Assert.Equal(("wal", 1L), (connection.Scalar("PRAGMA journal_mode"), connection.Scalar("PRAGMA synchronous")));
    }

    [Fact]
    public async Task Another_process_that_holds_the_file_too_long_is_reported_as_busy()
    {
        using var queue = SqliteWorkQueue.Open(_directory.Path, _time, 10, new SqliteSettings { BusyTimeout = TimeSpan.FromMilliseconds(50) });
        using var writer = Raw();
        using var transaction = writer.BeginTransaction(deferred: false);

        Assert.Contains("busy", (await Assert.ThrowsAsync<WorkQueueException>(() => queue.SendAsync(Message("a"), Cancellation))).Message);
    }

    [Fact]
    public void A_directory_that_is_missing_is_named()
    {
        var missing = _directory.File("missing");

        Assert.Contains(missing, Assert.Throws<WorkQueueException>(() => SqliteWorkQueue.Open(missing, _time)).Message);
    }

    [Fact]
    public void A_damaged_file_says_what_to_delete()
    {
        File.WriteAllText(_directory.File("queue.db"), new string('x', 4096));

        Assert.Contains("queue.db-wal", Assert.Throws<WorkQueueException>(() => SqliteWorkQueue.Open(_directory.Path, _time)).Message);
    }

    [Fact]
    public void A_file_of_a_newer_version_is_left_alone()
    {
        Open();
        using var connection = Raw();
        connection.Execute("PRAGMA user_version = 2");

        Assert.Contains("newer", Assert.Throws<WorkQueueException>(() => SqliteWorkQueue.Open(_directory.Path, _time)).Message);
        Assert.Equal(2L, connection.Scalar("PRAGMA user_version"));
    }

    private SqliteWorkQueue Open(int maximum)
    {
        var queue = SqliteWorkQueue.Open(_directory.Path, _time, maximum);
        _open.Add(queue);
        return queue;
    }

    private Microsoft.Data.Sqlite.SqliteConnection Raw()
    {
        var connection = SqliteConnections.Create(_directory.File("queue.db"), SqliteSettings.Default);
        connection.Open();
        return connection;
    }
}
