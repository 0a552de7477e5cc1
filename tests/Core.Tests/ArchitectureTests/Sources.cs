using System.Runtime.CompilerServices;

namespace ScaleFunctions.Core.Tests.ArchitectureTests;

/// <summary>The source files of Core.</summary>
internal static class Sources
{
    public static string Core { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "functions", "Core"));

    /// <summary>Paths relative to Core, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        .. Directory.EnumerateFiles(Core, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Core, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("bin/", StringComparison.Ordinal) && !path.StartsWith("obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static string Read(string file) => File.ReadAllText(Path.Combine(Core, file));

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
