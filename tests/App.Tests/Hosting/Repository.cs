namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>Where the sources are, for tests of what is written in them.</summary>
internal static class Repository
{
    public static string Root
    {
        get
        {
            var directory = new DirectoryInfo(AppContext.BaseDirectory);
            while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "ScaleFunctions.sln")))
            {
                directory = directory.Parent;
            }

            return directory?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository");
        }
    }

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));
}
