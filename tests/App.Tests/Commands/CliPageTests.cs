using System.CommandLine;
using System.Text.RegularExpressions;
using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Local;
using ScaleFunctions.App.Tests.Hosting;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>What docs/cli.md lists is what there is.</summary>
public sealed partial class CliPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cli.md"));

    /// <summary>A verb that is named there stands for all below it.</summary>
    [Fact]
    public void It_names_the_verbs_that_take_a_format()
    {
        var sentence = Page.Split('\n').Single(line => line.Contains(" take `--format table|json|markdown|csv`.", StringComparison.Ordinal));
        var named = Name().Matches(sentence.Split(" take `--format")[0]).Select(match => match.Groups["verb"].Value).ToList();
        var verbs = All(CommandLine.Root()).ToList();
        Assert.True(named.Count > 30, $"only {named.Count} verbs are named");

        Assert.Equal(
            verbs.Where(each => each.Command.Options.Any(option => option.Name == "--format")).Select(each => each.Words),
            verbs.Where(each => each.Command.Action is not null && named.Any(name => each.Words == name || each.Words.StartsWith($"{name} ", StringComparison.Ordinal))).Select(each => each.Words));
        Assert.All(named, name => Assert.Contains(verbs, each => each.Words == name));
    }

    [Fact]
    public void It_names_each_scenario_and_estate()
    {
        Assert.Contains($"| `--scenario {string.Join("\\|", Scenario.All.Select(each => each.Name))}` |", Page, StringComparison.Ordinal);
        Assert.Contains($"| `--estate {string.Join("\\|", EstateNames.All)}` |", Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_each_estate()
    {
        await using var place = new Workplace();

        Assert.Contains("--estate <shop|large|leftovers>", (await place.RunAsync("serve", "--help")).ShouldBe(0).Output, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Words, Command Command)> All(Command command, string words = "") => command.Subcommands.SelectMany(each =>
        All(each, $"{words} {each.Name}".TrimStart()).Prepend(($"{words} {each.Name}".TrimStart(), each)));

    [GeneratedRegex("`(?<verb>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Name();
}
