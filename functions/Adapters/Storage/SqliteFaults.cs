using Microsoft.Data.Sqlite;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Storage;

/// <summary>Says of a SQLite error what happened, where, and what to do about it.</summary>
internal static class SqliteFaults
{
    // Primary result codes, https://sqlite.org/rescode.html
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    public static StateStoreException Explain(SqliteException exception, string file) =>
        new(exception.SqliteErrorCode switch
        {
            Busy or Locked => $"The state in {file} is busy: another process held it for too long. Try again; if it stays so, "
                + "look for a second worker or a backup that keeps the file open.",
            Permission or ReadOnly or CannotOpen => $"The state in {file} cannot be opened for writing. Make the directory and its files "
                + "writable for this account (a read-only mount is not enough), or name another directory with --state.",
            Full => $"The disk is full: the state in {file} could not be written, so nothing was done. Free some space; no repair is needed.",
            Corrupt or NotADatabase => Damaged(file, exception.Message),
            InputOutput => $"The disk failed while reading or writing the state in {file} ({exception.Message}). Check the disk before "
                + "starting again.",
            _ => $"The state in {file} could not be read or written: {exception.Message}.",
        }, exception);

    public static string Damaged(string file, string why) =>
        $"The state in {file} is damaged ({why}). Stop the worker, restore the last backup into another directory with "
        + "'state restore FILE DIRECTORY', and go on there; without one, start with an empty directory.";
}
