using ScaleFunctions.Core.State;

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
}
