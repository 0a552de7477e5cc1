using ScaleFunctions.App.Commands;

namespace ScaleFunctions.App.Reports;

/// <summary>Writes files that are there whole or not at all: beside their place first, and then moved into it.</summary>
internal static class WholeFile
{
    /// <summary>Said before the work, not after it.</summary>
    /// <exception cref="UserErrorException">Nothing can be written there.</exception>
    public static void RequireWritable(string? path)
    {
        if (path is null)
        {
            return;
        }

        if (path.Length == 0 || Directory.Exists(path))
        {
            throw new UserErrorException($"'{path}' is no name of a file; name the file to write");
        }

        var directory = DirectoryOf(path);
        if (!Directory.Exists(directory))
        {
            throw new UserErrorException($"{path}: there is no directory {directory}; make it, or name another file");
        }
    }

    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public static void Write(string path, string text, CancellationToken cancellationToken)
    {
        var beside = Path.Combine(DirectoryOf(path), $".{Path.GetFileName(path)}.{Guid.NewGuid():n}.tmp");
        try
        {
            File.WriteAllText(beside, text);
            cancellationToken.ThrowIfCancellationRequested();
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be written: {exception.Message}", exception);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private static string DirectoryOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;
}
