using ScaleFunctions.Core.State;
using static ScaleFunctions.Adapters.Tests.Storage.StateSamples;

namespace ScaleFunctions.Adapters.Tests.Storage;

public sealed class SqliteChangeFeedTests : ChangeFeedContract, IDisposable
{
    private readonly SqliteFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override (IStateStore Store, IChangeFeed Feed) Open()
    {
        var store = _folder.Open();
        return (store, store);
    }

    [Fact]
    public async Task An_append_that_was_refused_leaves_no_change_at_all()
    {
        var (store, _) = Open();
        await store.AppendJournalAsync([Entry("a", 1, "first")], Cancellation);

        await Assert.ThrowsAsync<StateStoreException>(() => store.AppendJournalAsync([Entry("b", 1), Entry("a", 1, "second")], Cancellation));

        Assert.Equal(["a1"], await NamesAsync());
    }
}
