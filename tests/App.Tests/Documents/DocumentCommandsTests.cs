using ScaleFunctions.App.Tests.Hosting;

namespace ScaleFunctions.App.Tests.Documents;

/// <summary>What the pages tell people to type works, in the order of the page.</summary>
public sealed class DocumentCommandsTests
{
    public static TheoryData<string> PagesWithCommands => [.. DocumentCommands.Pages.Where(page => DocumentCommands.Of(page).Any(command => command.NotRun is null))];

    [Theory]
    [MemberData(nameof(PagesWithCommands))]
    public async Task Every_command_of_a_page_runs(string page)
    {
        await using var folder = new DocumentFolder();
        foreach (var command in DocumentCommands.Of(page).Where(command => command.NotRun is null))
        {
            await folder.RunAsync(command);
        }
    }

    [Fact]
    public void What_is_not_run_is_listed_and_says_why()
    {
        var all = DocumentCommands.Pages.SelectMany(DocumentCommands.Of).ToList();
        var skipped = all.Where(command => command.NotRun is not null).ToList();
        foreach (var command in skipped)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"not run: {command} ({command.NotRun})");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{all.Count} commands, {skipped.Count} not run");
        Assert.All(skipped, command => Assert.True(command.NotRun!.Length > 8, $"{command}: say why it is not run"));
        Assert.True(all.Count > 60, $"only {all.Count} commands were found");
        Assert.True(skipped.Count < all.Count / 2.0, $"{skipped.Count} of {all.Count} commands are not run");
    }

    [Theory]
    [InlineData("sf validate nowhere", "ended with 1")]
    [InlineData("dotnet build functions/App", "ended with 99")]
    [InlineData("dotnet run --project tests/Core.Tests", "ended with 99")]
    [InlineData("no-such-program --at all", "ended with 127")]
    [InlineData("sf validate nowhere   # exit code 2 when nothing is there", "ended with 1")]
    public async Task A_command_that_fails_or_cannot_be_run_is_told(string text, string end)
    {
        await using var folder = new DocumentFolder();

        var told = await Assert.ThrowsAsync<InvalidOperationException>(() => folder.RunAsync(new DocumentCommand("page.md", 7, text, null, false)));

        Assert.Contains($"page.md:7: {text}", told.Message, StringComparison.Ordinal);
        Assert.Contains(end, told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Marks_hold_for_a_block_or_for_lines_of_it()
    {
        var commands = DocumentCommands.Read("page.md", """
            <!-- not run: `az `, `func`: needs a subscription -->
            ```sh
            az login
            sf validate \
              policies
            ```

            <!-- not run: takes an hour -->

            ```bash
            tests/run
            ```

            ```sh
            sf plan   # exit code 2
            ```

            ```yaml
            kind: Workload
            ```
            """);

        Assert.Equal(
            [(3, "az login", "needs a subscription"), (4, "sf validate policies", null), (11, "tests/run", "takes an hour"), (15, "sf plan   # exit code 2", null)],
            commands.Select(command => (command.Line, command.Text, command.NotRun)));
    }

    /// <summary>The guides of the design have their two sections, and in each something to type that is run.</summary>
    [Theory]
    [InlineData("docs/Performance_Optimization_Framework.md")]
    [InlineData("docs/Performance_Optimization_Automation.md")]
    [InlineData("docs/Auto_Scaling_Configuration.md")]
    [InlineData("docs/Resource_Optimization_Guide.md")]
    public void A_guide_has_best_practices_and_a_way_back_that_are_run(string page)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, page));
        foreach (var heading in new[] { "## Best practices", "## Roll back" })
        {
            var from = Array.IndexOf(lines, heading) + 1;
            var until = Array.FindIndex(lines, from, line => line.StartsWith("## ", StringComparison.Ordinal));
            Assert.True(from > 0, $"{page} has no section '{heading}'");
            Assert.Contains(DocumentCommands.Of(page), command => command.NotRun is null && command.Line > from && (until < 0 || command.Line <= until));
        }
    }
}
