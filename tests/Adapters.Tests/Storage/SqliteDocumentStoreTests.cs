using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Tests.Storage;

public sealed class SqliteDocumentStoreTests : DocumentStoreContract, IDisposable
{
    private readonly SqliteFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override IDocumentStore Open() => _folder.Open();

    [Fact]
    public async Task Documents_outlive_the_store_that_wrote_them()
    {
        var document = new StoredDocument("p", "k", 0, "1", DateTimeOffset.MaxValue);
        using (var store = SqliteStateStore.Open(_folder.Path))
        {
            await store.WriteDocumentAsync(document, Cancellation);
        }

        Assert.Equal(document with { Version = 1 }, await Open().ReadDocumentAsync("p", "k", Cancellation));
    }
}
