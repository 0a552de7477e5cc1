using System.Diagnostics;
using Microsoft.Data.Sqlite;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.State;
using static ScaleFunctions.Adapters.Tests.Storage.StateSamples;

namespace ScaleFunctions.Adapters.Tests.Storage;

public sealed class SqliteStateStoreTests : StateStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<IDisposable> _open = [];

    public void Dispose()
    {
        _open.ForEach(store => store.Dispose());
        _directory.Dispose();
    }

    protected override IStateStore Open() => Open(SqliteSettings.Default);

    [Fact]
    public async Task State_outlives_the_store_that_wrote_it()
    {
        using (var store = SqliteStateStore.Open(_directory.Path))
        {
            await store.WriteTargetsAsync([Row("a") with { Epoch = 4 }], Cancellation);
            await store.AppendJournalAsync([Entry("a", 1)], Cancellation);
        }

        Assert.Equal(4, (await Open().ReadTargetAsync(Target("a"), Cancellation)).Epoch);
        Assert.Single(await Open().ReadJournalAsync(new JournalQuery(), Cancellation));
    }

    [Fact]
    public async Task Two_processes_contend_and_every_version_has_one_writer()
    {
        const int versions = 300;
        using var other = StoreProcess.Start(_directory.Path, versions);
        await other.StandardOutput.ReadLineAsync(Cancellation);
        var ours = await Task.Run(() => StoreProcess.Raise(Open(), versions), Cancellation);
        var rest = await other.StandardOutput.ReadToEndAsync(Cancellation);
        await other.WaitForExitAsync(Cancellation);

        Assert.NotEqual(0, ours);
        Assert.Equal(versions, ours + 1 + rest.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task What_a_killed_process_was_told_is_written_is_there()
    {
        using var worker = StoreProcess.Start(_directory.Path, long.MaxValue);
        var told = 0L;
        for (var line = 0; line < 20; line++)
        {
            told = long.Parse((await worker.StandardOutput.ReadLineAsync(Cancellation))!);
        }

        worker.Kill();
        told = (await worker.StandardOutput.ReadToEndAsync(Cancellation)).Split('\n')
            .Select(line => long.TryParse(line, out var version) ? version : 0).Append(told).Max();
        await worker.WaitForExitAsync(Cancellation);

        var version = (await Open().ReadTargetAsync(Target("contended"), Cancellation)).Version;
        Assert.InRange(version, told, told + 1);
    }

    [Fact]
    public async Task A_reader_works_beside_a_write_that_is_still_open()
    {
        var store = Open();
        await store.WriteTargetsAsync([Row("a")], Cancellation);
        using var writer = Raw();
        using var transaction = writer.BeginTransaction(deferred: false);
        writer.Execute("UPDATE targets SET version = 9");

        Assert.Equal(1, (await store.ReadTargetAsync(Target("a"), Cancellation)).Version);
        Assert.Single(await Open().ReadTargetsAsync(Cancellation));
    }

    [Fact]
    public async Task A_write_waits_for_another_process_and_then_says_that_it_is_busy()
    {
        var store = Open(new SqliteSettings { BusyTimeout = TimeSpan.FromMilliseconds(50) });
        using var writer = Raw();
        using var transaction = writer.BeginTransaction(deferred: false);

        var waited = Stopwatch.StartNew();
        var exception = await Assert.ThrowsAsync<StateStoreException>(() => store.WriteTargetsAsync([Row("a")], Cancellation));

        Assert.Contains("busy", exception.Message);
        Assert.True(waited.Elapsed >= TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Durability_settings_are_in_force()
    {
        Open();
        using var connection = SqliteConnections.Create(_directory.File("state.db"), SqliteSettings.Default);
        SqliteConnections.Open(connection, SqliteSettings.Default);

        Assert.Equal("wal", connection.Scalar("PRAGMA journal_mode"));
        Assert.Equal(2L, connection.Scalar("PRAGMA synchronous"));
        Assert.Equal(10_000L, connection.Scalar("PRAGMA busy_timeout"));
    }

    [Theory]
    [InlineData("PRAGMA synchronous = NORMAL")]
    [InlineData("PRAGMA journal_mode = DELETE")]
    public void A_connection_without_durability_is_refused(string pragma)
    {
        using var connection = SqliteConnections.Create(_directory.File("state.db"), SqliteSettings.Default);
        SqliteConnections.Open(connection, SqliteSettings.Default);
        connection.Execute(pragma);

        Assert.Contains("power loss", Assert.Throws<StateStoreException>(() => SqliteConnections.RequireDurability(connection)).Message);
    }

    [Fact]
    public async Task The_journal_table_refuses_changes_and_deletions()
    {
        await Open().AppendJournalAsync([Entry("a", 1)], Cancellation);
        using var connection = Raw();

        Assert.Throws<SqliteException>(() => connection.Execute("DELETE FROM journal"));
        Assert.Throws<SqliteException>(() => connection.Execute("UPDATE journal SET hash = 'x'"));
    }

    [Fact]
    public async Task Entries_before_a_contradicting_one_are_not_added_either()
    {
        var store = Open();
        await store.AppendJournalAsync([Entry("a", 2, "first")], Cancellation);

        await Assert.ThrowsAsync<StateStoreException>(() => store.AppendJournalAsync([Entry("a", 1), Entry("a", 2, "second")], Cancellation));

        Assert.Equal(2, Assert.Single(await store.ReadJournalAsync(new JournalQuery(), Cancellation)).Sequence);
    }

    [Fact]
    public async Task A_full_disk_is_named_and_the_store_works_again_when_there_is_room()
    {
        var small = Open(new SqliteSettings { MaximumPages = 20 });
        var rows = Enumerable.Range(0, 2000).Select(index => Row($"a{index}")).ToList();

        var exception = await Assert.ThrowsAsync<StateStoreException>(() => small.WriteTargetsAsync(rows, Cancellation));

        Assert.Contains("disk is full", exception.Message);
        Assert.Empty(await Open().ReadTargetsAsync(Cancellation));
        Assert.Equal([new RowWrite.Written(1)], await small.WriteTargetsAsync([Row("a")], Cancellation));
    }

    [Fact]
    public void A_missing_directory_is_named()
    {
        var missing = _directory.File("nowhere");

        var exception = Assert.Throws<StateStoreException>(() => SqliteStateStore.Open(missing));

        Assert.Contains(missing, exception.Message);
        Assert.Contains("--state", exception.Message);
        Assert.False(Directory.Exists(missing));
    }

    [Fact]
    public void A_directory_that_cannot_be_written_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a directory that even root cannot write to");

        var exception = Assert.Throws<StateStoreException>(() => SqliteStateStore.Open("/proc/self/fdinfo"));

        Assert.Contains("cannot be opened for writing", exception.Message);
    }

    [Fact]
    public void A_file_that_is_not_a_database_is_damaged()
    {
        File.WriteAllText(_directory.File("state.db"), new string('x', 5000));

        var exception = Assert.Throws<StateStoreException>(() => SqliteStateStore.Open(_directory.Path));

        Assert.Contains("damaged", exception.Message);
        Assert.Contains("backup", exception.Message);
    }

    [Fact]
    public async Task A_file_with_overwritten_pages_is_damaged()
    {
        using (var store = SqliteStateStore.Open(_directory.Path))
        {
            await store.WriteTargetsAsync(Enumerable.Range(0, 500).Select(index => Row($"a{index}")).ToList(), Cancellation);
        }

        using (var file = File.OpenWrite(_directory.File("state.db")))
        {
            file.Position = 4096;
            file.Write(Enumerable.Repeat((byte)0xA5, (int)file.Length - 4096).ToArray());
        }

        var exception = await Assert.ThrowsAsync<StateStoreException>(async () => await Open().ReadTargetsAsync(Cancellation));
        Assert.Contains("damaged", exception.Message);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("""{"target":"nonsense"}""")]
    public async Task A_row_that_cannot_be_read_is_damage_and_never_a_new_row(string json)
    {
        var store = Open();
        await store.WriteTargetsAsync([Row("a")], Cancellation);
        using var connection = Raw();
        connection.Execute("UPDATE targets SET json = $1", json);

        var exception = await Assert.ThrowsAsync<StateStoreException>(() => store.ReadTargetAsync(Target("a"), Cancellation));
        Assert.Contains("damaged", exception.Message);
    }

    [Fact]
    public void State_of_a_newer_version_is_left_alone()
    {
        Open();
        using var connection = Raw();
        connection.Execute($"PRAGMA user_version = {SqliteSchema.Version + 1}");

        Assert.Contains("newer version", Assert.Throws<StateStoreException>(() => SqliteStateStore.Open(_directory.Path)).Message);
        Assert.Equal(SqliteSchema.Version + 1L, connection.Scalar("PRAGMA user_version"));
    }

    [Fact]
    public void A_database_of_something_else_is_left_alone()
    {
        using var connection = Raw();
        connection.Execute("CREATE TABLE customers (name TEXT)");

        Assert.Contains("something else", Assert.Throws<StateStoreException>(() => SqliteStateStore.Open(_directory.Path)).Message);
        Assert.Equal(1L, connection.Scalar("SELECT count(*) FROM sqlite_master"));
    }

    [Fact]
    public void Stores_opened_at_the_same_time_make_the_tables_once()
    {
        Parallel.For(0, 8, _ => SqliteStateStore.Open(_directory.Path).Dispose());

        Assert.Equal((long)SqliteSchema.Version, Raw().Scalar("PRAGMA user_version"));
    }

    private SqliteStateStore Open(SqliteSettings settings)
    {
        var store = SqliteStateStore.Open(_directory.Path, settings);
        lock (_open)
        {
            _open.Add(store);
        }

        return store;
    }

    private SqliteConnection Raw()
    {
        var connection = SqliteConnections.Create(_directory.File("state.db"), SqliteSettings.Default);
        connection.Open();
        _open.Add(connection);
        return connection;
    }
}
