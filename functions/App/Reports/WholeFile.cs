using ScaleFunctions.App.Commands;

namespace ScaleFunctions.App.Reports;

/// <summary>Writes files that are there whole or not at all: beside their place first, and then moved into it.</summary>
internal static class WholeFile
{
    private const string Devices = "/dev/";

    /// <summary>The one place among devices where files live.</summary>
    private const string SharedMemory = "/dev/shm/";

    /// <summary>Tried before the work, not after it.</summary>
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

        Try(path, place => File.Create(Beside(place), bufferSize: 1, FileOptions.DeleteOnClose).Dispose());
    }

    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public static void Write(string path, string text, CancellationToken cancellationToken) => Try(path, place =>
    {
        var beside = Beside(place);
        try
        {
            File.WriteAllText(beside, text);
            cancellationToken.ThrowIfCancellationRequested();
            File.Move(beside, place, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    });

    private static void Try(string path, Action<string> write)
    {
        try
        {
            var place = PlaceOf(path);
            if (!Directory.Exists(DirectoryOf(place)))
            {
                throw new UserErrorException($"{path}: there is no directory {DirectoryOf(place)}; make it, or name another file");
            }

            if (File.Exists(place) && !IsRegular(place))
            {
                throw new UserErrorException($"{path} is no regular file, and what it is would be lost; name another file");
            }

            write(place);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be written: {exception.Message} Free some space, let this account write there, or name another file.", exception);
        }
    }

    /// <summary>Where links lead: moving a file over a link would replace the link.</summary>
    private static string PlaceOf(string path)
    {
        var place = new FileInfo(Path.GetFullPath(path));
        return place.LinkTarget is null ? place.FullName : place.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <summary>Not a pipe, a socket or a device; a pipe is opened for both directions, or opening it would wait for a reader.</summary>
    private static bool IsRegular(string place)
    {
        if (place.StartsWith(Devices, StringComparison.Ordinal) && !place.StartsWith(SharedMemory, StringComparison.Ordinal))
        {
            return false;
        }

        using var stream = new FileStream(place, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        return stream.CanSeek;
    }

    private static string Beside(string place) => Path.Combine(DirectoryOf(place), $".{Path.GetFileName(place)}.{Guid.NewGuid():n}.tmp");

    private static string DirectoryOf(string place) => Path.GetDirectoryName(place)!;
}
