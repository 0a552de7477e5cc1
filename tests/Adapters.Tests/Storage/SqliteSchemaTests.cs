using System.Text.Json;
using Microsoft.Data.Sqlite;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using static ScaleFunctions.Adapters.Tests.Storage.StateSamples;

namespace ScaleFunctions.Adapters.Tests.Storage;

public sealed class SqliteSchemaTests : IDisposable
{
    /// <summary>The tables as version 1 made them; it is history and never changes.</summary>
    private const string Version1 = """
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

    private readonly SqliteFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_state_of_version_1_keeps_its_rows_and_its_journal()
    {
        MakeVersion1(Entry("a", 1), Entry("a", 2, minute: 3), Entry("fleet", 1, minute: 1));
        var store = _folder.Open();

        Assert.Equal((7, 4), (await store.ReadTargetAsync(Target("a"), Cancellation)) is var row ? (row.Version, row.Epoch) : default);
        Assert.Equal((3, true), (await store.ReadFleetAsync(Cancellation)) is var fleet ? (fleet.Version, fleet.KillSwitch.IsSet) : default);
        var entries = await store.ReadJournalAsync(new JournalQuery("a"), Cancellation);
        Assert.Equal([Json(Entry("a", 2, minute: 3)), Json(Entry("a", 1))], entries.Select(Json));
        Assert.Equal((long)SqliteSchema.Version, _folder.Raw().Scalar("PRAGMA user_version"));
    }

    [Fact]
    public async Task Its_entries_get_positions_in_the_order_of_time_and_new_ones_follow()
    {
        MakeVersion1(Entry("b", 1, minute: 2), Entry("a", 1, minute: 1), Entry("a", 2, minute: 3), Entry("fleet", 1, minute: 0));
        var store = _folder.Open();
        await store.AppendJournalAsync([Entry("b", 2, minute: -9)], Cancellation);

        Assert.Equal(["1 fleet1", "2 a1", "3 b1", "4 a2", "5 b2"], await FeedAsync(store));
    }

    [Fact]
    public async Task Its_chains_stay_in_order_where_a_clock_went_back()
    {
        MakeVersion1(Entry("a", 1, minute: 5), Entry("a", 2, minute: 1), Entry("a", 3, minute: 6), Entry("b", 1, minute: 3), Entry("b", 2, minute: 5));

        Assert.Equal(["1 b1", "2 a1", "3 a2", "4 b2", "5 a3"], await FeedAsync(_folder.Open()));
    }

    [Fact]
    public async Task Entries_told_again_after_the_change_of_version_keep_their_positions()
    {
        MakeVersion1(Entry("a", 1), Entry("a", 2, minute: 1));
        var store = _folder.Open();

        await store.AppendJournalAsync([Entry("a", 1), Entry("a", 2, minute: 1)], Cancellation);

        Assert.Equal(["1 a1", "2 a2"], await FeedAsync(store));
    }

    [Fact]
    public void Its_journal_is_append_only_again()
    {
        MakeVersion1(Entry("a", 1));
        _folder.Open();

        Assert.Contains("append-only", Assert.Throws<SqliteException>(() => _folder.Raw().Execute("UPDATE journal SET position = 9")).Message);
        Assert.Contains("append-only", Assert.Throws<SqliteException>(() => _folder.Raw().Execute("DELETE FROM journal")).Message);
    }

    [Fact]
    public async Task It_can_hold_documents()
    {
        MakeVersion1();
        var store = _folder.Open();

        Assert.Equal(new RowWrite.Written(1), await store.WriteDocumentAsync(new StoredDocument("p", "k", 0, "1", Noon), Cancellation));
    }

    [Fact]
    public void It_is_the_same_as_a_new_one()
    {
        MakeVersion1(Entry("a", 1));
        _folder.Open();
        using var other = new SqliteFolder();
        other.Open();

        Assert.Equal(Shape(other), Shape(_folder));

        static List<string> Shape(SqliteFolder folder) => folder.Raw().Query(
            "SELECT type, name, sql FROM sqlite_master ORDER BY name", reader => $"{reader[0]} {reader[1]} {reader[2]}");
    }

    [Fact]
    public async Task Workers_that_open_it_at_the_same_time_change_it_once()
    {
        MakeVersion1([.. Enumerable.Range(1, 200).Select(number => Entry("a", number, minute: number))]);

        Parallel.For(0, 6, _ => _folder.Open());

        Assert.Equal(Enumerable.Range(1, 200).Select(number => $"{number} a{number}"), await FeedAsync(_folder.Open()));
    }

    [Fact]
    public void A_change_of_version_that_fails_changes_nothing()
    {
        MakeVersion1(Entry("a", 1));
        _folder.Raw().Execute("CREATE TABLE documents (something TEXT)");

        Assert.Throws<StateStoreException>(_folder.Open);

        Assert.Equal(1L, _folder.Raw().Scalar("PRAGMA user_version"));
        Assert.Throws<SqliteException>(() => _folder.Raw().Execute("UPDATE journal SET hash = 'x'"));
        Assert.Equal(0L, _folder.Raw().Scalar("SELECT count(*) FROM pragma_table_info('journal') WHERE name = 'position'"));
    }

    [Fact]
    public void A_state_of_a_newer_version_is_refused_and_left_alone()
    {
        _folder.Open();
        _folder.Raw().Execute($"PRAGMA user_version = {SqliteSchema.Version + 1}");

        var exception = Assert.Throws<StateStoreException>(_folder.Open);

        Assert.Contains($"format {SqliteSchema.Version + 1}, this one knows {SqliteSchema.Version}", exception.Message);
        Assert.Equal(SqliteSchema.Version + 1L, _folder.Raw().Scalar("PRAGMA user_version"));
    }

    private static string Json(JournalEntry entry) => JsonSerializer.Serialize(entry, StateJson.Default.JournalEntry);

    private static async Task<List<string>> FeedAsync(SqliteStateStore store) =>
        [.. (await store.ReadChangesAsync(0, 1_000, Cancellation)).Select(change => $"{change.Position} {change.Entry.Chain}{change.Entry.Sequence}")];

    private void MakeVersion1(params JournalEntry[] entries)
    {
        var raw = _folder.Raw();
        raw.Execute("PRAGMA journal_mode = WAL");
        raw.Execute(Version1);
        raw.Execute(
            "INSERT INTO targets VALUES ($1, 7, $2)", Target("a").Key,
            JsonSerializer.Serialize(Row("a") with { Version = 7, Epoch = 4 }, StateJson.Default.TargetRow));
        raw.Execute(
            "INSERT INTO fleet VALUES (1, 3, $1)",
            JsonSerializer.Serialize(new FleetRow { Version = 3, KillSwitch = new KillSwitch(true, "ana", "drill", Noon) }, StateJson.Default.FleetRow));
        foreach (var entry in entries)
        {
            raw.Execute(
                "INSERT INTO journal VALUES ($1, $2, $3, $4, $5, $6)",
                entry.Chain, entry.Sequence, entry.At.UtcTicks, entry.Kind.ToString(), entry.Hash, Json(entry));
        }
    }
}
