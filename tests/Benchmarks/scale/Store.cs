using ScaleFunctions.Adapters;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>Where state and messages are kept: a directory for SQLite, or the connection string of a storage account.</summary>
internal static class Store
{
    private const string Table = "state";

    public static IServiceCollection Add(IServiceCollection services, string store) => store.Contains('=', StringComparison.Ordinal)
        ? services.AddTableState(store, Table).AddStorageWorkQueue(store)
        : services.AddSqliteState(store).AddSqliteWorkQueue(store);
}
