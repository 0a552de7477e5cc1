namespace ScaleFunctions.App.Tests.Commands;

public sealed class HelpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("serve")]
    [InlineData("init")]
    [InlineData("validate")]
    [InlineData("lint")]
    [InlineData("schema")]
    [InlineData("explain")]
    [InlineData("plan")]
    [InlineData("apply")]
    [InlineData("why")]
    [InlineData("forecast")]
    [InlineData("history")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("inventory")]
    [InlineData("inventory accept")]
    [InlineData("kill-switch")]
    [InlineData("kill-switch on")]
    [InlineData("scorecard")]
    [InlineData("usage findings")]
    [InlineData("costs")]
    [InlineData("savings")]
    [InlineData("budgets")]
    [InlineData("budgets undo")]
    [InlineData("alerts")]
    [InlineData("alerts snooze")]
    [InlineData("policies")]
    [InlineData("policies diff")]
    [InlineData("policies activate")]
    [InlineData("rollout")]
    [InlineData("rollout status")]
    [InlineData("rollout promote")]
    [InlineData("rollout halt")]
    public async Task Is_there_for_every_verb_in_words_a_person_types(string verb)
    {
        await using var place = new Workplace();

        var run = (await place.RunAsync([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"])).ShouldBe(0).ShouldHideItsInside();

        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Json|", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("(REQUIRED)", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Names_every_verb()
    {
        await using var place = new Workplace();

        var run = (await place.RunAsync("--help")).ShouldBe(0);

        Assert.All(
            ["serve", "init", "validate", "lint", "test", "schema", "explain", "plan", "apply", "why", "forecast", "history", "pause", "resume", "override", "inventory", "kill-switch", "scorecard", "costs", "savings", "budgets", "alerts", "policies", "rollout"],
            verb => Assert.Contains(run.Lines, line => line.StartsWith($"  {verb} ", StringComparison.Ordinal)));
    }
}
