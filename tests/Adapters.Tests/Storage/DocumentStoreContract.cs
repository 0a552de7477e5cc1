using ScaleFunctions.Core.State;
using static ScaleFunctions.Adapters.Tests.Storage.StateSamples;

namespace ScaleFunctions.Adapters.Tests.Storage;

/// <summary>What every document store must do. Derive and say how to open one; opening again must show the same documents.</summary>
public abstract class DocumentStoreContract
{
    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Opens the store of this test, always the same one, on a connection of its own.</summary>
    private protected abstract IDocumentStore Open();

    /// <summary>
    /// Whether who wrote is always told so. Where answers get lost it may be told that it lost, when somebody has written on before it
    /// could look; never are two told that they won.
    /// </summary>
    private protected virtual bool TellsEveryWinner => true;

    [Fact]
    public async Task A_document_that_was_never_written_is_nothing()
    {
        Assert.Null(await Open().ReadDocumentAsync("p", "k", Cancellation));
        Assert.Empty(await Open().ListDocumentsAsync("p", Cancellation));
    }

    [Fact]
    public async Task A_document_comes_back_as_it_was_written_on_every_connection()
    {
        var document = Document() with { Key = "k'\"→\u202E😀", Json = """{"text":"'\n→😀"}""" };

        Assert.Equal(new RowWrite.Written(1), await Open().WriteDocumentAsync(document, Cancellation));
        Assert.Equal(document with { Version = 1 }, await Open().ReadDocumentAsync("p", document.Key, Cancellation));
    }

    [Fact]
    public async Task A_time_in_any_zone_and_the_end_of_time_are_kept()
    {
        var store = Open();
        await store.WriteDocumentAsync(Document() with { ExpiresAt = Noon.ToOffset(TimeSpan.FromHours(5)) }, Cancellation);
        await store.WriteDocumentAsync(Document("l") with { ExpiresAt = DateTimeOffset.MaxValue }, Cancellation);

        Assert.Equal([Noon, DateTimeOffset.MaxValue], (await store.ListDocumentsAsync("p", Cancellation)).Select(each => each.ExpiresAt));
    }

    [Fact]
    public async Task Each_write_on_the_version_read_raises_it()
    {
        var store = Open();
        await store.WriteDocumentAsync(Document(), Cancellation);

        Assert.Equal(new RowWrite.Written(2), await store.WriteDocumentAsync(Document(version: 1, json: "2"), Cancellation));
        Assert.Equal(Document(version: 2, json: "2"), await store.ReadDocumentAsync("p", "k", Cancellation));
    }

    [Theory, InlineData(0), InlineData(2), InlineData(-1)]
    public async Task A_write_on_another_version_conflicts_and_changes_nothing(long version)
    {
        var store = Open();
        await store.WriteDocumentAsync(Document(), Cancellation);

        Assert.Equal(new RowWrite.Conflict(), await Open().WriteDocumentAsync(Document(version: version, json: "2"), Cancellation));
        Assert.Equal(Document(version: 1), await store.ReadDocumentAsync("p", "k", Cancellation));
    }

    [Fact]
    public async Task A_write_on_a_version_of_a_document_that_is_not_there_conflicts()
    {
        Assert.Equal(new RowWrite.Conflict(), await Open().WriteDocumentAsync(Document(version: 1), Cancellation));
        Assert.Null(await Open().ReadDocumentAsync("p", "k", Cancellation));
    }

    [Fact]
    public async Task Of_two_connections_with_the_same_read_exactly_one_wins_every_round()
    {
        const long rounds = 30;
        var wins = await Task.WhenAll(Contend(), Contend());

        Assert.InRange(wins.Sum(), TellsEveryWinner ? rounds : 1, rounds);
        Assert.Equal(rounds, (await Open().ReadDocumentAsync("p", "k", Cancellation))!.Version);

        Task<int> Contend() => Task.Run(async () =>
        {
            var store = Open();
            var won = 0;
            for (var next = Document(); next.Version < rounds; next = (await store.ReadDocumentAsync("p", "k", Cancellation))!)
            {
                won += await store.WriteDocumentAsync(next, Cancellation) is RowWrite.Written ? 1 : 0;
            }

            return won;
        });
    }

    [Fact]
    public async Task A_partition_is_listed_in_the_order_of_keys_and_nothing_else_is()
    {
        var store = Open();
        foreach (var key in (string[])["00010", "a", "00002", "A", "00001"])
        {
            await store.WriteDocumentAsync(Document(key), Cancellation);
        }

        await store.WriteDocumentAsync(Document("z") with { Partition = "P" }, Cancellation);
        await store.WriteDocumentAsync(Document("z") with { Partition = "p/z" }, Cancellation);

        Assert.Equal(["00001", "00002", "00010", "A", "a"], (await store.ListDocumentsAsync("p", Cancellation)).Select(each => each.Key));
        Assert.Equal("z", Assert.Single(await store.ListDocumentsAsync("p/z", Cancellation)).Key);
    }

    [Fact]
    public async Task A_document_that_was_deleted_is_new_again()
    {
        var store = Open();
        await store.WriteDocumentAsync(Document(), Cancellation);
        await store.WriteDocumentAsync(Document("l"), Cancellation);

        await store.DeleteDocumentAsync("p", "k", Cancellation);
        await store.DeleteDocumentAsync("p", "k", Cancellation);
        await store.DeleteDocumentAsync("q", "l", Cancellation);

        Assert.Equal("l", Assert.Single(await Open().ListDocumentsAsync("p", Cancellation)).Key);
        Assert.Equal(new RowWrite.Written(1), await store.WriteDocumentAsync(Document(), Cancellation));
    }

    [Fact]
    public async Task Pruning_removes_what_has_expired_in_every_partition_and_nothing_else()
    {
        var store = Open();
        await store.WriteDocumentAsync(Document("before") with { ExpiresAt = Noon.AddTicks(-1) }, Cancellation);
        await store.WriteDocumentAsync(Document("other") with { Partition = "q", ExpiresAt = Noon.AddYears(-1) }, Cancellation);
        await store.WriteDocumentAsync(Document("now") with { ExpiresAt = Noon }, Cancellation);
        await store.WriteDocumentAsync(Document("never") with { ExpiresAt = DateTimeOffset.MaxValue }, Cancellation);

        await store.PruneDocumentsAsync(Noon.ToOffset(TimeSpan.FromHours(-7)), Cancellation);

        Assert.Equal(["never", "now"], (await Open().ListDocumentsAsync("p", Cancellation)).Select(each => each.Key));
        Assert.Empty(await Open().ListDocumentsAsync("q", Cancellation));
    }

    [Fact]
    public async Task A_cancelled_call_writes_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Open().WriteDocumentAsync(Document(), new CancellationToken(canceled: true)));

        Assert.Null(await Open().ReadDocumentAsync("p", "k", Cancellation));
    }

    private static StoredDocument Document(string key = "k", long version = 0, string json = "1") =>
        new("p", key, version, json, Noon.AddDays(1));
}
