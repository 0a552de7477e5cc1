namespace ScaleFunctions.Security.Tests;

/// <summary>The sources of what is shipped.</summary>
internal static class Sources
{
    /// <summary>All of it, or some folders below <c>functions</c>.</summary>
    public static IReadOnlyList<(string Path, string Text)> Read(params string[] folders) =>
    [
        .. (folders is [] ? ["Core", "Adapters", "Sandbox", "App"] : folders)
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions", folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"))
            .Order(StringComparer.Ordinal)
            .Select(file => (Path.GetRelativePath(Repository.Root, file), File.ReadAllText(file))),
    ];
}
