using System.Security.Cryptography;

namespace ScaleFunctions.Bicep.Tests.Workflows;

/// <summary>What is attached to a release: everything or nothing, with checksums, as a draft.</summary>
public sealed class ReleaseTests
{
    // Stands for GitHub's command line: keeps what it is asked for, and knows a release when there is the file "there".
    private const string Gh =
        """
        #!/usr/bin/env bash
        echo "$*" >> "$CALLS"
        if [ "$1 $2" = 'release view' ]; then cat "$CALLS.there"; fi
        """;

    [Fact]
    public async Task A_tag_gets_a_draft_with_all_files_and_their_checksums()
    {
        using var bash = Ready();
        var run = await bash.ScriptAsync("attach", "v0.1.0", "files");
        Assert.True(run.ExitCode == 0, run.Errors);

        var calls = bash.Read("calls").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, calls.Length);
        Assert.StartsWith("release create v0.1.0 a-linux-x64.tar.gz a-win-x64.zip a-linux-x64.cdx.json SHA256SUMS --draft --verify-tag ", calls[1], StringComparison.Ordinal);
        Assert.Equal(
            new[] { "a-linux-x64.tar.gz", "a-win-x64.zip", "a-linux-x64.cdx.json" }.Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(bash.At($"files/{file}"))))}  {file}"),
            bash.Read("files/SHA256SUMS").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task What_is_published_is_not_replaced()
    {
        using var bash = Ready().Write("calls.there", "false\n");
        var run = await bash.ScriptAsync("attach", "v0.1.0", "files");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("v0.1.0 is published", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("upload", bash.Read("calls"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_try_writes_over_what_the_first_one_left()
    {
        using var bash = Ready().Write("calls.there", "true\n");
        Assert.Equal(0, (await bash.ScriptAsync("attach", "v0.1.0", "files")).ExitCode);
        Assert.EndsWith("release upload v0.1.0 a-linux-x64.tar.gz a-win-x64.zip a-linux-x64.cdx.json SHA256SUMS --clobber\n", bash.Read("calls"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_platform_missing_nothing_is_attached()
    {
        using var bash = Ready();
        File.Delete(bash.At("files/a-win-x64.zip"));
        var run = await bash.ScriptAsync("attach", "v0.1.0", "files");
        Assert.Equal((1, "there is no *.zip\n"), (run.ExitCode, run.Errors));
        Assert.False(File.Exists(bash.At("calls")));
    }

    [Fact]
    public async Task A_tag_that_is_not_the_version_stops_the_release()
    {
        using var bash = new Bash();
        var props = File.ReadAllText(Repository.Folder("Directory.Build.props"));
        var version = props.Split("<Version>")[1].Split("</Version>")[0];
        Assert.Equal((0, $"{version}\n"), await bash.ScriptAsync("check-tag", $"v{version}") is var good ? (good.ExitCode, good.Output) : default);

        var bad = await bash.ScriptAsync("check-tag", $"v{version}-2");
        Assert.Equal((1, ""), (bad.ExitCode, bad.Output));
        Assert.Contains($"what is built is v{version}", bad.Errors, StringComparison.Ordinal);
    }

    private static Bash Ready()
    {
        var bash = new Bash().Program("gh", Gh).Write("files/a-linux-x64.tar.gz", "linux").Write("files/a-win-x64.zip", "windows").Write("files/a-linux-x64.cdx.json", "{}");
        return bash.With("CALLS", bash.At("calls"));
    }
}
