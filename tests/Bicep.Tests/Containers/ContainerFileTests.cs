using System.ComponentModel;
using System.Diagnostics;

namespace ScaleFunctions.Bicep.Tests.Containers;

/// <summary>The container file, judged by a linter and by what it is for. It is built elsewhere.</summary>
public sealed class ContainerFileTests
{
    private static readonly string Text = File.ReadAllText(Repository.Folder("Dockerfile"));
    private static readonly string Linter = Repository.Folder("tests", "node_modules", "dockerfile-utils", "bin", "dockerfile-utils");

    [Fact]
    public async Task The_linter_has_nothing_to_say() => Assert.Equal((0, ""), await LintAsync(Text));

    [Theory]
    [InlineData("FROM ", "FROMM ")]
    [InlineData("COPY artifacts/functionapp /home/site/wwwroot", "COPY artifacts/functionapp")]
    [InlineData("FUNCTIONS_WORKER_RUNTIME=custom", "FUNCTIONS_WORKER_RUNTIME=\"custom")]
    [InlineData("FROM mcr", "MAINTAINER somebody\nFROM mcr")]
    public async Task The_linter_says_something_of_a_broken_one(string sound, string broken)
    {
        Assert.Contains(sound, Text, StringComparison.Ordinal);
        var (code, said) = await LintAsync(Text.Replace(sound, broken, StringComparison.Ordinal));
        Assert.NotEqual("", said);
        Assert.NotEqual(0, code);
    }

    [Fact]
    public void It_is_the_staged_app_on_the_image_of_the_host_and_nothing_else() => Assert.Empty(new ContainerFile(Text).Findings());

    [Theory]
    [InlineData("azure-functions/base:4", "azure-functions/base")]
    [InlineData("azure-functions/base:4", "azure-functions/base:latest")]
    [InlineData("mcr.microsoft.com/azure-functions/base:4", "docker.io/somebody/base:4")]
    [InlineData("COPY artifacts/functionapp", "COPY .")]
    [InlineData("ScriptRoot=/home/site/wwwroot", "ScriptRoot=/home")]
    [InlineData("FUNCTIONS_WORKER_RUNTIME=custom", "FUNCTIONS_WORKER_RUNTIME=dotnet-isolated")]
    [InlineData("RUNTIME=custom", "RUNTIME=custom AzureWebJobsStorage=UseDevelopmentStorage=true")]
    [InlineData("COPY artifacts", "RUN apt-get update\nCOPY artifacts")]
    [InlineData("COPY artifacts", "ENTRYPOINT [\"ScaleFunctions\"]\nCOPY artifacts")]
    public void Each_of_these_is_noticed(string sound, string broken)
    {
        Assert.Contains(sound, Text, StringComparison.Ordinal);
        Assert.NotEmpty(new ContainerFile(Text.Replace(sound, broken, StringComparison.Ordinal)).Findings());
    }

    /// <summary>What is not sent to the builder cannot come into an image: settings of a developer, history, sources.</summary>
    [Fact]
    public void Nothing_but_the_staged_app_is_sent_to_the_builder()
    {
        var lines = File.ReadAllLines(Repository.Folder(".dockerignore")).Where(line => line.Length > 0 && !line.StartsWith('#')).ToList();
        Assert.Equal(["*", "!artifacts/functionapp", "artifacts/functionapp/local.settings.json"], lines);
    }

    private static async Task<(int Code, string Said)> LintAsync(string text)
    {
        Assert.SkipUnless(File.Exists(Linter), "the linter is not installed: run tests/run, which needs Node.js");
        var cancellation = TestContext.Current.CancellationToken;
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, text, cancellation);
            using var node = Process.Start(new ProcessStartInfo("node", [Linter, "lint", file]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            var output = node.StandardOutput.ReadToEndAsync(cancellation);
            var errors = node.StandardError.ReadToEndAsync(cancellation);
            await node.WaitForExitAsync(cancellation);
            return (node.ExitCode, await output + await errors);
        }
        catch (Win32Exception)
        {
            Assert.Skip("Node.js is not here");
            throw;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
