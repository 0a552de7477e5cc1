using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Storage.Tables;
using ScaleFunctions.Adapters.Tests.Queues;

namespace ScaleFunctions.Adapters.Tests.Storage.Tables;

/// <summary>A table of its own for a test, and all stores it opens on it.</summary>
internal sealed class TableSpace(Azurite azurite) : IDisposable
{
    private readonly List<IDisposable> _open = [];

    public string Name { get; } = $"t{Guid.NewGuid():N}";

    /// <summary>A store with a connection and a memory of its own, as another instance would have.</summary>
    public TableStateStore Open() => Keep(new TableStateStore(TableClients.Create(azurite.ConnectionString, Name), NullLogger<TableStateStore>.Instance));

    /// <summary>A store whose requests go through a handler.</summary>
    public TableStateStore Open(HttpMessageHandler handler)
    {
        var options = TableClients.Options();
        options.Transport = AzureConnection.Over(handler);
        options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        return Keep(new TableStateStore(new TableClient(azurite.ConnectionString, Name, options), NullLogger<TableStateStore>.Instance));
    }

    /// <summary>The table as it is.</summary>
    public TableClient Raw() => new(azurite.ConnectionString, Name);

    public async Task<List<TableEntity>> EntitiesAsync(string partition) =>
        await Raw().QueryAsync<TableEntity>(entity => entity.PartitionKey == partition, cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

    public void Dispose() => _open.ForEach(each => each.Dispose());

    private TableStateStore Keep(TableStateStore store)
    {
        lock (_open)
        {
            _open.Add(store);
        }

        return store;
    }
}
