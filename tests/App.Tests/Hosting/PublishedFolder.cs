namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>The folder to deploy, as <c>tests/run</c> stages it before the tests.</summary>
internal static class PublishedFolder
{
    public static string Path { get; } = System.IO.Path.Combine(Repository.Root, "artifacts", "functionapp");

    public static string Executable => System.IO.Path.Combine(Path, "ScaleFunctions");

    /// <summary>Skips the test when there is nothing to test here, or only something that is not of this source.</summary>
    public static void Require()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the folder to deploy is built for Linux x64");
        Assert.SkipUnless(File.Exists(Executable), "nothing is staged: run tests/run, or dotnet build functions/App -t:StageFunctionApp");
        var built = File.GetLastWriteTimeUtc(System.IO.Path.Combine(AppContext.BaseDirectory, "ScaleFunctions.dll"));
        var staged = File.GetLastWriteTimeUtc(System.IO.Path.Combine(Path, "ScaleFunctions.dll"));
        Assert.SkipUnless(staged >= built, "what is staged is older than the build: run tests/run, or stage it again");
    }
}
