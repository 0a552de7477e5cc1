using ScaleFunctions.App.Tests.Hosting;

namespace ScaleFunctions.App.Tests.Documents;

/// <summary>What the first page shows of a run is what a run shows: simulated time makes it the same each time.</summary>
public sealed class ReadmeRunTests
{
    [Fact]
    public async Task The_lines_of_the_first_page_are_lines_of_the_run_it_tells_of()
    {
        var shown = File.ReadLines(Path.Combine(Repository.Root, "README.md")).Where(line => line.StartsWith("2026-01-05 ", StringComparison.Ordinal)).ToList();
        await using var place = new Workplace();

        var run = (await place.RunAsync("--duration 3h --port 0")).ShouldBe(0);

        Assert.Equal(3, shown.Count);
        Assert.All(shown, line => Assert.Contains(line, run.Lines));
    }

    [Fact]
    public async Task What_is_logged_between_the_decisions_is_for_people()
    {
        await using var place = new Workplace();

        var run = (await place.RunAsync("--duration 65m --port 0")).ShouldBe(0).ShouldHideItsInside();

        Assert.Contains(run.Lines, line => line.StartsWith("warning: 2026-01-05 01:01 budget budget-alerts: it cannot be judged since ", StringComparison.Ordinal)
            && line.EndsWith("nothing of what it is about is billed or counted yet; see whether its scope and tags name what they are to", StringComparison.Ordinal));
        Assert.DoesNotContain("Endpoint", run.Output, StringComparison.Ordinal);
    }
}
