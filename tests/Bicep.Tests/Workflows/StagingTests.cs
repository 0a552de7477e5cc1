using System.Diagnostics;

namespace ScaleFunctions.Bicep.Tests.Workflows;

/// <summary>The folder to deploy, and the files of a release, are made by targets that restore and publish by themselves.</summary>
public sealed class StagingTests
{
    public static TheoryData<string> Lines =>
    [
        .. Directory.GetFiles(Repository.Folder("docs"), "*.md").Concat(Directory.GetFiles(Repository.Folder(".github"), "*", SearchOption.AllDirectories))
            .Append(Repository.Folder("README.md")).Append(Repository.Folder("Dockerfile")).SelectMany(File.ReadLines)
            .Where(line => line.Contains("dotnet ", StringComparison.Ordinal)
                && (line.Contains("-t:StageFunctionApp", StringComparison.Ordinal) || line.Contains("-t:PublishBinary", StringComparison.Ordinal))),
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public void What_calls_them_builds(string line) => Assert.Contains("dotnet build functions/App -t:", line, StringComparison.Ordinal);

    /// <summary>It publishes twice in one process otherwise, and the second time fails in words that help nobody.</summary>
    [Fact]
    public async Task Publishing_says_what_to_say_instead()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["msbuild", Repository.Folder("functions", "App"), "-nologo", "-t:StageFunctionApp", "-p:_IsPublishing=true"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var told = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, process.ExitCode);
        Assert.Contains("Say 'dotnet build functions/App -t:StageFunctionApp'", told, StringComparison.Ordinal);
    }
}
