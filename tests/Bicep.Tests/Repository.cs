namespace ScaleFunctions.Bicep.Tests;

/// <summary>Where the files under test are.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    public static readonly bool UpdatesGolden = Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    public static string Folder(params string[] names) => Path.Combine([Root, .. names]);

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "ScaleFunctions.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("ScaleFunctions.sln is in no folder above the tests");
    }
}
