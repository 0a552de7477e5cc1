namespace ScaleFunctions.Bicep.Tests.Templates;

/// <summary>A copy of a folder of templates, so that a run leaves nothing in the repository.</summary>
internal sealed class BicepFolder : IDisposable
{
    private BicepFolder(string location) => Location = location;

    public string Location { get; }

    public static BicepFolder CopyOf(string source)
    {
        var copy = Directory.CreateTempSubdirectory("bicep-").FullName;
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return new BicepFolder(copy);
    }

    public string At(string name) => Path.Combine(Location, name);

    public void Dispose() => Directory.Delete(Location, recursive: true);
}
