using ScaleFunctions.Adapters.Storage.Tables;
using ScaleFunctions.Adapters.Tests.Queues;

namespace ScaleFunctions.Adapters.Tests.Storage.Tables;

/// <summary>A table of its own for a test, and stores on it that each meet faults in an order of their own.</summary>
internal sealed class FaultySpace(Azurite azurite) : IDisposable
{
    private readonly TableSpace _space = new(azurite);
    private readonly List<FaultyHandler> _handlers = [];

    public TableStateStore Open()
    {
        lock (_handlers)
        {
            // The table itself is made without faults: what is judged is what is done to it.
            if (_handlers.Count == 0)
            {
                _space.Raw().CreateIfNotExists(TestContext.Current.CancellationToken);
            }

            var handler = FaultyHandler.Sometimes(_handlers.Count, spares: true);
            _handlers.Add(handler);
            return _space.Open(handler);
        }
    }

    public void Dispose()
    {
        _space.Dispose();
        _handlers.ForEach(handler => handler.Dispose());
    }
}
