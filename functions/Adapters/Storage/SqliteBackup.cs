using Microsoft.Data.Sqlite;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Storage;

/// <summary>Copies of the embedded state, whole and consistent, made beside a worker that goes on.</summary>
public static class SqliteBackup
{
    /// <summary>Writes a copy of the state as it is at one moment, and proves that it can be read.</summary>
    /// <param name="directory">Where the state is.</param>
    /// <param name="file">The copy; it must not be there yet.</param>
    /// <exception cref="StateStoreException">It could not be made.</exception>
    public static void Make(string directory, string file)
    {
        if (File.Exists(file))
        {
            throw new StateStoreException($"{file} is there already; a backup overwrites nothing");
        }

        // Only what is whole gets the name; a copy that was given up is in nobody's way.
        var unfinished = $"{file}.unfinished";
        try
        {
            File.Delete(unfinished);
            Use(Path.Combine(directory, "state.db"), SqliteOpenMode.ReadWrite, connection => connection.Execute("VACUUM INTO $1", unfinished));
            Check(unfinished);
            File.Move(unfinished, file);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Copies a state that is not in use, with what only its write-ahead log holds, and proves both.</summary>
    /// <param name="file">The copy that somebody made.</param>
    /// <param name="target">Where it goes; it must not be there yet.</param>
    /// <exception cref="StateStoreException">It is not whole.</exception>
    public static void Take(string file, string target)
    {
        Check(file);
        Use(file, SqliteOpenMode.ReadOnly, connection => connection.Execute("VACUUM INTO $1", target));
        Check(target);
    }

    /// <summary>Proves that a file is a whole copy of a state.</summary>
    /// <exception cref="StateStoreException">It is not.</exception>
    public static void Check(string file)
    {
        if (!File.Exists(file))
        {
            throw new StateStoreException($"there is no file {file}");
        }

        Use(file, SqliteOpenMode.ReadOnly, connection =>
        {
            if (connection.Scalar("PRAGMA integrity_check") as string is not "ok" and var fault)
            {
                throw new StateStoreException($"{file} is damaged: {fault}");
            }

            connection.Scalar("SELECT count(*) FROM targets");
        });
    }

    private static void Use(string file, SqliteOpenMode mode, Action<SqliteConnection> work)
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
            connection.Open();
            work(connection);
        }
        catch (SqliteException exception)
        {
            throw new StateStoreException($"{file} cannot be read as a state: {exception.Message}", exception);
        }
    }
}
