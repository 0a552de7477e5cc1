using ScaleFunctions.App.Commands;

namespace ScaleFunctions.App.Tests.Commands;

public sealed class MistypedTests
{
    [Theory]
    [InlineData("plna", "'plna': did you mean 'plan'?")]
    [InlineData("plan --formt json", "'--formt': did you mean '--format'?")]
    [InlineData("kill-switch onn", "'onn': did you mean 'on'?")]
    [InlineData("plan --verbos", "'--verbos': did you mean '--verbose'?")]
    public async Task What_was_nearly_right_is_named(string arguments, string hint)
    {
        await using var place = new Workplace();

        var run = await place.RunAsync(arguments);

        Assert.Contains(hint, run.ShouldBe(1).Error.Split('\n'));
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("plan", "plan,apply", null)]
    [InlineData("aplpy", "plan,apply", "apply")]
    [InlineData("hist", "why,history", "history")]
    [InlineData("explode", "plan,apply,why", null)]
    [InlineData("x", "why,on", null)]
    [InlineData("", "why,on", null)]
    public void The_nearest_word_is_found_and_none_that_is_far(string typed, string known, string? near) =>
        Assert.Equal(near, NearWords.Of(typed, known.Split(',')));
}
