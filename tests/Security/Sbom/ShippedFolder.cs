using System.Security.Cryptography;
using System.Text.Json;

namespace ScaleFunctions.Security.Sbom;

/// <summary>What a folder of a built program ships, as its <c>deps.json</c> tells.</summary>
/// <param name="Program">Name of the program.</param>
/// <param name="Version">Its version.</param>
/// <param name="Components">What its files belong to, licenses still unknown.</param>
/// <param name="Unclaimed">Files of code that belong to nothing that is told.</param>
internal sealed record ShippedFolder(string Program, string Version, IReadOnlyList<Component> Components, IReadOnlyList<string> Unclaimed)
{
    /// <exception cref="BillException">There is no program in the folder.</exception>
    public static ShippedFolder Read(string folder)
    {
        var file = Directory.Exists(folder) ? Path.Combine(folder, "ScaleFunctions.deps.json") : "";
        if (!File.Exists(file))
        {
            throw new BillException($"there is no ScaleFunctions.deps.json in {folder}: build it first");
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var target = document.RootElement.GetProperty("targets").GetProperty(document.RootElement.GetProperty("runtimeTarget").GetProperty("name").GetString()!);
        var libraries = document.RootElement.GetProperty("libraries");
        var components = target.EnumerateObject().Select(each => Read(folder, each, libraries.GetProperty(each.Name)))
            .Where(component => component.Files.Count > 0).OrderBy(component => component.Name, StringComparer.OrdinalIgnoreCase).ToList();
        var own = components.Single(component => component is { Kind: "project", Name: "ScaleFunctions" });
        return new ShippedFolder(own.Name, own.Version, components, [.. Code(folder).Except(components.SelectMany(component => component.Files).Select(each => each.Path), StringComparer.Ordinal)]);
    }

    private static Component Read(string folder, JsonProperty library, JsonElement about)
    {
        var (name, version) = library.Name.Split('/') is [var first, var second] ? (first, second) : (library.Name, "");
        var kind = about.GetProperty("type").GetString() switch { "project" => "project", "package" => "nuget", _ => "runtime" };
        var hash = about.TryGetProperty("sha512", out var told) && told.GetString() is { Length: > 7 } text ? Convert.ToHexStringLower(Convert.FromBase64String(text["sha512-".Length..])) : "";
        var files = Files(library.Value).Select(path => Find(folder, path)).OfType<string>()
            .Concat(name == "ScaleFunctions" ? Own(folder) : []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(path => new ShippedFile(path, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, path)))))).ToList();
        return new Component(name, version, kind, hash, "", files);
    }

    private static IEnumerable<string> Files(JsonElement library)
    {
        foreach (var group in new[] { "runtime", "native", "runtimeTargets", "resources" })
        {
            if (library.TryGetProperty(group, out var files))
            {
                foreach (var file in files.EnumerateObject())
                {
                    yield return file.Name;
                    if (file.Value.TryGetProperty("locale", out var locale))
                    {
                        yield return $"{locale.GetString()}/{Path.GetFileName(file.Name)}";
                    }
                }
            }
        }
    }

    /// <summary>Where a file of a package is: at its own path, or flat beside the program.</summary>
    private static string? Find(string folder, string path) =>
        new[] { path, Path.GetFileName(path) }.FirstOrDefault(each => File.Exists(Path.Combine(folder, each)));

    /// <summary>The file that starts the program is ours, though no library names it.</summary>
    private static IEnumerable<string> Own(string folder) => new[] { "ScaleFunctions", "ScaleFunctions.exe" }.Where(name => File.Exists(Path.Combine(folder, name)));

    private static IEnumerable<string> Code(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".dll" or ".so" or ".dylib" or ".exe" || Path.GetFileName(file) is "ScaleFunctions" or "createdump")
        .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'));
}
