using System.Diagnostics;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>What bash offers after the script was read; the program's own answer for the other shells, which are not everywhere.</summary>
public sealed class CompletionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("pau", "pause")]
    [InlineData("kill-switch o", "off on")]
    [InlineData("budgets ", "--help --verbose -? -h list show undo")]
    [InlineData("history web --ver", "--verbose --verify")]
    [InlineData("nothing-like-it", "")]
    public async Task Bash_offers_what_fits(string typed, string offered)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/bin/bash"), "there is no bash here");
        await using var place = new Workplace();
        var script = (await place.RunAsync("completion bash")).ShouldBe(0).Output;
        place.Write("sf.bash", script);

        // Bash cuts the line into words itself; here the program is called by its path.
        var program = Path.Combine(AppContext.BaseDirectory, "ScaleFunctions");
        var line = $"{program} {typed}";
        var words = line.Split(' ');
        var begin = new ProcessStartInfo("/bin/bash") { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = place.Path };
        begin.ArgumentList.Add("-c");
        begin.ArgumentList.Add(
            "source ./sf.bash; COMP_LINE=$1; COMP_POINT=${#COMP_LINE}; shift; COMP_WORDS=(\"$@\"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); "
            + "_ScaleFunctions_complete \"$1\"; printf '%s\\n' \"${COMPREPLY[@]}\" | LC_ALL=C sort | tr '\\n' ' '");
        begin.ArgumentList.Add("bash");
        begin.ArgumentList.Add(line);
        foreach (var word in words)
        {
            begin.ArgumentList.Add(word);
        }

        using var bash = Process.Start(begin)!;
        var output = await bash.StandardOutput.ReadToEndAsync(Cancellation);
        await bash.WaitForExitAsync(Cancellation);

        Assert.Equal(offered, output.Trim());
    }

    [Theory]
    [InlineData("zsh", "compdef _sf_complete sf")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName sf ")]
    public async Task Other_shells_and_names_get_a_script_too(string shell, string line)
    {
        await using var place = new Workplace();

        Assert.Contains(line, (await place.RunAsync($"completion {shell} --name sf")).ShouldBe(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("completion fish", "'fish'")]
    [InlineData("completion bash --name a;b", "--name takes letters")]
    public async Task What_is_none_is_refused(string command, string why)
    {
        await using var place = new Workplace();

        (await place.RunAsync(command)).ShouldRefuse(why);
    }
}
