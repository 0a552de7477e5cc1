using ScaleFunctions.Adapters.Tests.Queues;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Tests.Storage.Tables;

/// <summary>
/// A third of all writes meets a fault: unsent, answer lost, late, twice, refused before or after it was carried out. Each is tried
/// again, as the SDK does, and the contract holds as if nothing had been.
/// </summary>
[Collection(AzuriteGroup.Name)]
public sealed class FaultyTableStateStoreTests(Azurite azurite) : StateStoreContract, IDisposable
{
    private readonly FaultySpace _space = new(azurite);

    public void Dispose() => _space.Dispose();

    protected override bool TellsEveryWinner => false;

    protected override IStateStore Open() => _space.Open();
}

/// <summary>The same for documents.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class FaultyTableDocumentStoreTests(Azurite azurite) : DocumentStoreContract, IDisposable
{
    private readonly FaultySpace _space = new(azurite);

    public void Dispose() => _space.Dispose();

    private protected override bool TellsEveryWinner => false;

    private protected override IDocumentStore Open() => _space.Open();
}

/// <summary>The same for the journal's feed.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class FaultyTableChangeFeedTests(Azurite azurite) : ChangeFeedContract, IDisposable
{
    private readonly FaultySpace _space = new(azurite);

    public void Dispose() => _space.Dispose();

    private protected override (IStateStore Store, IChangeFeed Feed) Open() => _space.Open() is var store ? (store, store) : default;
}
