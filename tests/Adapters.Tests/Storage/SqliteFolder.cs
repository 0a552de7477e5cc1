using Microsoft.Data.Sqlite;
using ScaleFunctions.Adapters.Storage;

namespace ScaleFunctions.Adapters.Tests.Storage;

/// <summary>A directory with an embedded store, and all connections a test opened to it.</summary>
internal sealed class SqliteFolder : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<IDisposable> _open = [];

    public string Path => _directory.Path;

    /// <summary>The store, on a connection of its own.</summary>
    public SqliteStateStore Open() => Keep(SqliteStateStore.Open(_directory.Path));

    /// <summary>The file as it is, without looking at its version.</summary>
    public SqliteConnection Raw()
    {
        var connection = Keep(SqliteConnections.Create(_directory.File("state.db"), SqliteSettings.Default));
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        _open.ForEach(each => each.Dispose());
        _directory.Dispose();
    }

    private T Keep<T>(T opened)
        where T : IDisposable
    {
        lock (_open)
        {
            _open.Add(opened);
        }

        return opened;
    }
}
