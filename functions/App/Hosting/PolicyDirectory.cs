using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Hosting;

/// <summary>Reads policy files from a directory, its subdirectories included.</summary>
internal static class PolicyDirectory
{
    private static readonly string[] Endings = [".yml", ".yaml", ".json"];

    /// <summary>JSON files beside policies that are not policies.</summary>
    private const string SchemaEnding = ".schema.json";

    public static PolicySet Load(string directory) => PolicyReader.Read(Read(directory));

    /// <summary>Changes whenever a file is added, removed or written.</summary>
    public static string Stamp(string directory) => string.Join('|', Files(directory)
        .Select(file => $"{file}:{File.GetLastWriteTimeUtc(file).Ticks}:{new FileInfo(file).Length}"));

    private static List<PolicyFile> Read(string directory)
    {
        try
        {
            return [.. Files(directory).Select(file => new PolicyFile(file, Head(file)))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the policies in {directory} cannot be read: {exception.Message}", exception);
        }
    }

    private static List<string> Files(string directory) => Directory.Exists(directory)
        ? [.. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)
                && !file.EndsWith(SchemaEnding, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)]
        : throw new UserErrorException(
            $"there is no directory {directory}. Make starter policies with 'init {directory}', or name another directory with --policies.");

    /// <summary>Reads no more than the parser accepts, and one byte to tell that there is more.</summary>
    private static byte[] Head(string file)
    {
        using var stream = File.OpenRead(file);
        var buffer = new byte[PolicyFile.MaximumBytes + 1];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return buffer[..length];
    }
}
