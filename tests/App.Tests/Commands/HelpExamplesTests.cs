using System.CommandLine;
using System.CommandLine.Parsing;
using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Tests.Hosting;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>Every verb shows how it is typed, and what it shows can be typed.</summary>
public sealed class HelpExamplesTests
{
    private const string Program = "sf";

    [Fact]
    public void Every_command_has_examples_that_lead_to_it_and_parse()
    {
        var commands = All(CommandLine.Root()).ToList();
        Assert.True(commands.Count > 60, $"only {commands.Count} commands were found");

        Assert.All(commands, each =>
        {
            var verb = Assert.IsType<Verb>(each.Command);
            Assert.True(verb.Examples.Count > 0, $"{each.Words} has no example");
            Assert.All(verb.Examples, example =>
            {
                var words = Words(example);
                Assert.Equal(Program, words[0]);
                var parsed = CommandLine.Root().Parse([.. words.Skip(1)]);
                Assert.True(parsed.Errors.Count == 0, $"'{example}': {string.Join("; ", parsed.Errors.Select(error => error.Message))}");
                Assert.StartsWith(each.Words, PathOf(parsed.CommandResult), StringComparison.Ordinal);
                Assert.True(parsed.CommandResult.Command.Action is not null, $"'{example}' names no verb that does anything");
            });
        });
    }

    [Fact]
    public void Those_of_the_program_begin_with_what_the_examples_call_it()
    {
        Assert.Contains(CommandLine.Examples[0], File.ReadAllText(Path.Combine(Repository.Root, "README.md")), StringComparison.Ordinal);
        Assert.StartsWith($"alias {Program}=", CommandLine.Examples[0], StringComparison.Ordinal);
        Assert.All(CommandLine.Examples.Skip(1), example =>
            Assert.Empty(CommandLine.Root().Parse([.. Words(example).Skip(1)]).Errors));
    }

    [Theory]
    [InlineData("plan --help", "  sf plan --format markdown")]
    [InlineData("kill-switch off --help", "  sf kill-switch off --reason \"incident 4711\"")]
    [InlineData("--help", "  sf why web")]
    public async Task Help_ends_with_them(string arguments, string example)
    {
        await using var place = new Workplace();

        var lines = (await place.RunAsync(arguments)).ShouldBe(0).Lines;

        Assert.Contains("Examples:", lines);
        Assert.Contains(example, lines.SkipWhile(line => line != "Examples:"));
    }

    private static IEnumerable<(string Words, Command Command)> All(Command command, string words = "") => command.Subcommands.SelectMany(each =>
        All(each, $"{words} {each.Name}".TrimStart()).Prepend(($"{words} {each.Name}".TrimStart(), each)));

    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult { Command: not RootCommand } parent ? $"{PathOf(parent)} {result.Command.Name}" : result.Command.Name;

    /// <summary>As a shell takes them; what goes to a file is the shell's own.</summary>
    private static List<string> Words(string example) => [.. CommandLineParser.SplitCommandLine(example.Split(" > ")[0])];
}
