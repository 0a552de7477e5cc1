using System.Text;
using ScaleFunctions.Core.InfrastructureCode;

namespace ScaleFunctions.App.Commands.Doctor;

/// <summary>Reads the infrastructure code of a directory. What cannot be read is told and never stops the rest.</summary>
internal static class CodeDirectory
{
    /// <summary>A state of some ten thousand resources.</summary>
    private const long LargestJson = 64 * 1024 * 1024;

    /// <summary>Source that people write is far smaller.</summary>
    private const long LargestSource = 1024 * 1024;

    private const int MostFiles = 5_000;

    private static readonly string[] Sources = [".tf", ".bicep", ".bicepparam"];
    private static readonly string[] Documents = [".json", ".tfstate"];

    /// <summary>Copies of what others wrote, and what is no code.</summary>
    private static readonly string[] LeftOut = [".terraform", ".git", "node_modules", ".vs", "bin", "obj"];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="UserErrorException">There is no such directory.</exception>
    public static (IReadOnlyList<CodeFile> Files, IReadOnlyList<CodeDoubt> Unread) Read(string directory, CancellationToken cancellationToken)
    {
        if (File.Exists(directory))
        {
            throw new UserErrorException($"{directory} is a file; name the directory that holds the code");
        }

        if (!Directory.Exists(directory))
        {
            throw new UserErrorException($"there is no directory {directory}; name the one that holds the code");
        }

        List<CodeFile> files = [];
        List<CodeDoubt> unread = [];
        foreach (var path in Paths(directory, unread).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = Path.GetRelativePath(directory, path).Replace('\\', '/');
            if (files.Count == MostFiles)
            {
                unread.Add(new CodeDoubt(name, 0, $"this and what comes after it is not read: more than {MostFiles} files"));
                break;
            }

            if (ReadOne(path, name, unread) is { } file)
            {
                files.Add(file);
            }
        }

        return (files, unread);
    }

    private static List<string> Paths(string directory, List<CodeDoubt> unread)
    {
        List<string> paths = [];
        Stack<string> open = new([directory]);
        while (open.TryPop(out var next))
        {
            try
            {
                foreach (var entry in new DirectoryInfo(next).EnumerateFileSystemInfos())
                {
                    var isDirectory = entry.Attributes.HasFlag(FileAttributes.Directory);
                    var isCode = IsCode(entry.Name);
                    if (entry.LinkTarget is not null)
                    {
                        // A link may lead in a circle, or out of what was asked for.
                        if (isDirectory || isCode)
                        {
                            unread.Add(new CodeDoubt(Path.GetRelativePath(directory, entry.FullName).Replace('\\', '/'), 0, "links are not followed"));
                        }
                    }
                    else if (isDirectory && !LeftOut.Contains(entry.Name, StringComparer.OrdinalIgnoreCase))
                    {
                        open.Push(entry.FullName);
                    }
                    else if (!isDirectory && isCode)
                    {
                        paths.Add(entry.FullName);
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                unread.Add(new CodeDoubt(Path.GetRelativePath(directory, next).Replace('\\', '/'), 0, "the directory cannot be read"));
            }
        }

        return paths;
    }

    private static bool IsCode(string name) => Sources.Concat(Documents).Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    private static CodeFile? ReadOne(string path, string name, List<CodeDoubt> unread)
    {
        try
        {
            var length = new FileInfo(path).Length;
            var most = Sources.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) ? LargestSource : LargestJson;

            // An empty one may be a pipe, which nobody would ever write to.
            if (length == 0)
            {
                return null;
            }

            if (length > most)
            {
                unread.Add(new CodeDoubt(name, 0, $"it is larger than {most / (1024 * 1024)} MiB"));
                return null;
            }

            using var reader = new StreamReader(path, Strict, detectEncodingFromByteOrderMarks: true);
            var text = reader.ReadToEnd();
            if (IsText(text) && IsText(name))
            {
                return new CodeFile(name, text);
            }

            unread.Add(new CodeDoubt(name, 0, "it is no text: there are control characters, or such that turn the direction of writing"));
        }
        catch (DecoderFallbackException)
        {
            unread.Add(new CodeDoubt(name, 0, "it is no text in UTF-8"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            unread.Add(new CodeDoubt(name, 0, "it cannot be read: no permission, or it is in use"));
        }

        return null;
    }

    /// <summary>What a terminal would not show as it is would make a patch lie.</summary>
    private static bool IsText(string text) => Terminal.Printable(text.Replace("\t", "", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal)) is var shown
        && !shown.Contains('\uFFFD', StringComparison.Ordinal);
}
