using ScaleFunctions.Adapters.Tests.Queues;
using ScaleFunctions.Core.State;
using static ScaleFunctions.Adapters.Tests.Storage.StateSamples;

namespace ScaleFunctions.Adapters.Tests.Storage.Tables;

[Collection(AzuriteGroup.Name)]
public sealed class TableChangeFeedTests(Azurite azurite) : ChangeFeedContract, IDisposable
{
    private readonly TableSpace _space = new(azurite);

    public void Dispose() => _space.Dispose();

    private protected override (IStateStore Store, IChangeFeed Feed) Open()
    {
        var store = _space.Open();
        return (store, store);
    }

    [Theory]
    [InlineData(TableFault.Unsent)]
    [InlineData(TableFault.LostAnswer)]
    public async Task An_entry_whose_writer_died_between_journal_and_feed_is_told_once_when_it_is_appended_again(TableFault death)
    {
        await Open().Store.AppendJournalAsync([Entry("a", 1)], Cancellation);
        using (var dying = new FaultyHandler(request => Task.FromResult(FaultyHandler.IsFeedInsert(request) ? death : TableFault.None)))
        {
            await Assert.ThrowsAsync<StateStoreException>(() => _space.Open(dying).AppendJournalAsync([Entry("a", 2)], Cancellation));
        }

        // Somebody else goes on in between, and a poller passes by.
        await Open().Store.AppendJournalAsync([Entry("b", 1), Entry("b", 2)], Cancellation);
        var seen = (await ReadAsync()).ToList();
        await Open().Store.AppendJournalAsync([Entry("a", 2)], Cancellation);
        await Open().Store.AppendJournalAsync([Entry("a", 2)], Cancellation);
        seen.AddRange(await ReadAsync(seen[^1].Position));

        Assert.Equal(["a1", "a2", "b1", "b2"], seen.Select(change => $"{change.Entry.Chain}{change.Entry.Sequence}").Order());
        Assert.Equal(Shape(seen), Shape(await ReadAsync()));
    }

    [Fact]
    public async Task Positions_are_numbers_without_gaps()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(writer => Task.Run(async () =>
        {
            var (store, _) = Open();
            for (var number = 1; number <= 12; number++)
            {
                await store.AppendJournalAsync([Entry($"{writer}", number)], Cancellation);
            }
        })));

        Assert.Equal(Enumerable.Range(1, 60).Select(number => (long)number), (await ReadAsync()).Select(change => change.Position));
    }

    [Fact]
    public async Task More_changes_than_a_page_holds_are_read_in_order()
    {
        const int entries = 1040;
        await Open().Store.AppendJournalAsync([.. Enumerable.Range(1, entries).Select(number => Entry("a", number))], Cancellation);

        Assert.Equal(Enumerable.Range(1, entries).Select(number => (long)number), (await ReadAsync()).Select(change => change.Entry.Sequence));

        // One that was not there for all of them finds its way to the end too.
        var late = _space.Open();
        await late.AppendJournalAsync([Entry("a", 1), Entry("b", 1)], Cancellation);
        Assert.Equal(entries + 1, (await ReadAsync()).Count);
        Assert.Equal(["a1040", "b1"], await NamesAsync(entries - 1));
    }
}
