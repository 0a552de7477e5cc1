namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>Paths as code writes them: relative, with forward slashes. They are worked out by their words alone; nothing is looked at.</summary>
internal static class CodePath
{
    /// <summary>The directory of a file; empty for the one that is looked at.</summary>
    public static string DirectoryOf(string file) => file.LastIndexOf('/') is var end and >= 0 ? file[..end] : "";

    /// <summary>Whether it says that it is beside the file it stands in.</summary>
    public static bool IsLocal(string path) => path is "." or ".." || path.StartsWith("./", StringComparison.Ordinal) || path.StartsWith("../", StringComparison.Ordinal);

    /// <summary>A path that is written relative to a directory; absent when it leads out of the one that is looked at.</summary>
    public static string? From(string directory, string path)
    {
        List<string> parts = [.. directory.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "." || (part == ".." && parts.Count > 0))
            {
                parts.RemoveRange(parts.Count - (part == ".." ? 1 : 0), part == ".." ? 1 : 0);
            }
            else if (part == "..")
            {
                return null;
            }
            else
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }
}
