using System.Diagnostics;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>Colour is for people at a terminal who want it.</summary>
public sealed class ColourTests
{
    private const char Escape = '\u001b';

    [Theory]
    [InlineData("--help")]
    [InlineData("plan")]
    [InlineData("serve --duration 10m --port 0")]
    [InlineData("plna")]
    public async Task A_pipe_gets_none(string arguments)
    {
        await using var place = new Workplace();

        // A terminal of every colour stands in the environment of many a pipeline.
        var run = await place.Start(arguments.Split(' '), new Dictionary<string, string> { ["TERM"] = "xterm-256color", ["COLORTERM"] = "truecolor" }).EndAsync();

        Assert.DoesNotContain(Escape, run.Output);
        Assert.DoesNotContain(Escape, run.Error);
    }

    /// <summary>https://no-color.org. Moving the cursor and clearing a line is no colour.</summary>
    [Theory]
    [InlineData("plan")]
    [InlineData("serve --duration 10m --port 0")]
    public async Task A_terminal_gets_none_where_NO_COLOR_is_set(string arguments)
    {
        await using var place = new Workplace();
        var start = new ProcessStartInfo("script", ["-qec", $"dotnet exec {Path.Combine(AppContext.BaseDirectory, "ScaleFunctions.dll")} {arguments}", "/dev/null"])
        {
            WorkingDirectory = place.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        (start.Environment["TERM"], start.Environment["NO_COLOR"]) = ("xterm-256color", "1");

        using var terminal = Process.Start(start)!;
        var shown = await terminal.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await terminal.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains("web", shown, StringComparison.Ordinal);
        Assert.DoesNotMatch("\u001b\\[[0-9;]*(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;[0-9;]*)?m", shown);
    }
}
