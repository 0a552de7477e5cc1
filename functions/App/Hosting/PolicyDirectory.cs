using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Hosting;

/// <summary>Reads policy files from a directory, its subdirectories included.</summary>
internal static class PolicyDirectory
{
    /// <summary>Of calendars that policies refer to; they are none themselves.</summary>
    public const string CalendarEnding = ".ics";

    private static readonly string[] Endings = [".yml", ".yaml", ".json", CalendarEnding];

    /// <summary>JSON files beside policies that are not policies.</summary>
    private const string SchemaEnding = ".schema.json";

    private const string Unreadable = "unreadable";

    /// <summary>Directories within directories; policies lie in one or two.</summary>
    private const int Depth = 16;

    /// <summary>More than this is somebody's disk, not a set of policies.</summary>
    private const int MostFiles = 10_000;

    /// <summary>Whether a file of that name is read, as a policy or as a calendar that policies refer to.</summary>
    public static bool IsPolicyFile(string name) =>
        Endings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase) && !name.EndsWith(SchemaEnding, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads what can be read; a file that cannot is one of the errors.</summary>
    /// <exception cref="UserErrorException">There is no such directory, or no policy file in it.</exception>
    public static PolicySet Load(string directory) => Read(directory).Policies;

    /// <summary>The same, with the mark of what was read: of each file as it was before its text was.</summary>
    /// <exception cref="UserErrorException">There is no such directory, or no policy file in it.</exception>
    public static PolicySnapshot Read(string directory)
    {
        List<PolicyError> unreadable = [];
        List<string> marks = [];
        var files = ReadFiles(directory, unreadable, marks);
        var policies = PolicyReader.Read(files, unreadable);
        foreach (var file in files)
        {
            Verbosity.Note($"read {file.Name}, {file.Content.Length} bytes");
        }

        Verbosity.Note($"{policies.Count} policies in {directory}, {policies.Errors.Count} errors, the set {policies.Version[..12]}");
        return new PolicySnapshot(policies, Join(marks)) { Files = files, Place = directory };
    }

    /// <summary>The same, or an empty set that says why: a worker has to look after what is under way whatever became of the files.</summary>
    public static PolicySnapshot ReadOrTell(string directory)
    {
        try
        {
            return Read(directory);
        }
        catch (UserErrorException exception)
        {
            return new PolicySnapshot(PolicyReader.Read([]), "") { Trouble = exception.Message };
        }
    }

    /// <summary>The files that can be read, as they are.</summary>
    /// <exception cref="UserErrorException">There is no such directory, or no policy file in it.</exception>
    public static IReadOnlyList<PolicyFile> ReadFiles(string directory) => ReadFiles(directory, [], []);

    private static List<PolicyFile> ReadFiles(string directory, List<PolicyError> unreadable, List<string> marks)
    {
        var files = Files(directory);
        if (files.TrueForAll(file => file.EndsWith(CalendarEnding, StringComparison.OrdinalIgnoreCase)))
        {
            throw new UserErrorException(
                $"there is no policy file (.yml, .yaml, .json) in {directory}. Make starter policies with 'init {directory}', or name another directory.");
        }

        List<PolicyFile> read = [];
        foreach (var file in files)
        {
            try
            {
                var (mark, text) = Whole(file, Head);
                read.Add(new PolicyFile(file, text ?? []));
                marks.Add($"{file}:{mark}");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                unreadable.Add(new PolicyError(new PolicySource(file, 1, 1), $"the file cannot be read: {exception.Message}"));
                marks.Add($"{file}:{Unreadable}");
            }
        }

        return read;
    }

    /// <summary>Changes whenever a file is added, removed or written, and when one becomes readable or ceases to be.</summary>
    public static string Stamp(string directory) => Join(Files(directory).Select(file => $"{file}:{Mark(file)}"));

    private static string Join(IEnumerable<string> marks) => string.Join('|', marks);

    private static string Mark(string file)
    {
        try
        {
            return Whole<byte[]>(file, _ => []).Mark;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Unreadable;
        }
    }

    /// <summary>
    /// The mark of a file, and what is made of its text. One without a length is not opened: it may be a pipe, which waits for
    /// somebody who writes to it, or a device, which never ends.
    /// </summary>
    private static (string Mark, T? Text) Whole<T>(string file, Func<FileStream, T> read)
        where T : class
    {
        var info = File.ResolveLinkTarget(file, returnFinalTarget: true) as FileInfo ?? new FileInfo(file);
        if (info.Length == 0)
        {
            return ($"{info.LastWriteTimeUtc.Ticks}:0", null);
        }

        using var stream = File.OpenRead(file);
        var mark = Mark(stream);
        return (mark, read(stream));
    }

    private static string Mark(FileStream stream) => $"{File.GetLastWriteTimeUtc(stream.SafeFileHandle).Ticks}:{stream.Length}";

    /// <summary>
    /// A link to a file counts, as in a mounted volume; one to a directory does not: it may lead back to where it stands, and what it
    /// leads to in such a volume would be read twice.
    /// </summary>
    private static void Walk(string directory, int depth, List<string> files)
    {
        files.AddRange(Directory.EnumerateFiles(directory));
        if (files.Count > MostFiles)
        {
            throw new UserErrorException($"{directory} and what is above it hold more than {MostFiles} files; name the directory that holds the policy files");
        }

        // What git keeps in a checkout is no policy, whatever a branch is called.
        foreach (var inner in Directory.EnumerateDirectories(directory).Where(inner => depth > 0 && Path.GetFileName(inner) != ".git"))
        {
            if (!File.GetAttributes(inner).HasFlag(FileAttributes.ReparsePoint))
            {
                Walk(inner, depth - 1, files);
            }
        }
    }

    private static List<string> Files(string directory)
    {
        if (File.Exists(directory))
        {
            throw new UserErrorException($"{directory} is a file; name the directory that holds the policy files");
        }

        try
        {
            List<string> files = [];
            Walk(directory, Depth, files);
            return [.. files
                .Where(IsPolicyFile)
                .Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new UserErrorException(
                $"there is no directory {directory}. Make starter policies with 'init {directory}', or name another directory.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the policies in {directory} cannot be read: {exception.Message} Let this account read them, or name another directory.", exception);
        }
    }

    /// <summary>Reads no more than the parser accepts, and one byte to tell that there is more.</summary>
    private static byte[] Head(FileStream stream)
    {
        var buffer = new byte[PolicyFile.MaximumBytes + 1];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return buffer[..length];
    }
}
