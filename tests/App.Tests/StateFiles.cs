using Microsoft.Data.Sqlite;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Tests;

/// <summary>States that a run would not leave behind.</summary>
internal static class StateFiles
{
    /// <summary>A state that knows these targets.</summary>
    public static async Task WriteAsync(string directory, params string[] targets)
    {
        Directory.CreateDirectory(directory);
        using var store = SqliteStateStore.Open(directory);
        await store.WriteTargetsAsync(
            [.. targets.Select(target => new TargetRow { Target = TargetId.Parse(target) })], TestContext.Current.CancellationToken);
    }

    public static async Task<IReadOnlyList<TargetRow>> ReadAsync(string directory)
    {
        using var store = SqliteStateStore.Open(directory);
        var rows = await store.ReadTargetsAsync(TestContext.Current.CancellationToken);
        return [.. rows.OrderBy(row => row.Target.Key, StringComparer.Ordinal)];
    }

    /// <summary>Changes the database behind the program's back.</summary>
    public static Task ChangeAsync(string directory, string sql) => HoldAsync(directory, sql, () => { });

    /// <summary>The same while the database stays open, so that what was written is in its log and not in its file.</summary>
    public static async Task HoldAsync(string directory, string sql, Action work)
    {
        await using var connection = await OpenAsync(directory);
        await using var command = new SqliteCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        work();
    }

    /// <summary>The first value of what is asked for.</summary>
    public static async Task<string> ReadAsync(string directory, string sql)
    {
        await using var connection = await OpenAsync(directory);
        await using var command = new SqliteCommand(sql, connection);
        return $"{await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)}";
    }

    private static async Task<SqliteConnection> OpenAsync(string directory)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "state.db")};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
