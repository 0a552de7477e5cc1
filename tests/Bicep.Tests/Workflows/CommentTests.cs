namespace ScaleFunctions.Bicep.Tests.Workflows;

/// <summary>The report comes to the pull request once, and says nothing that is not its own.</summary>
public sealed class CommentTests
{
    private const string Marker = "<!-- scalefunctions: policies -->";

    [Fact]
    public async Task The_first_report_is_a_comment_and_the_next_one_takes_its_place()
    {
        await using var server = await CommentServer.StartAsync();
        using var bash = Ready(server, "## first\n");
        server.Comments.Add(new Comment(1, "somebody", "looks good"));
        Done(await bash.ScriptAsync("comment", "7", "report.md"));
        Done(await bash.Write("report.md", "## second\n").ScriptAsync("comment", "7", "report.md"));

        Assert.Equal(2, server.Comments.Count);
        Assert.Equal($"{Marker}\n## second\n", server.Comments[1].Body);
        Assert.Equal("looks good", server.Comments[0].Body);
        Assert.All(server.Calls, call => Assert.Matches("/issues/(7/comments|comments/2)", call));
    }

    /// <summary>Anybody may write the marker, and would have what they wrote replaced under their name.</summary>
    [Fact]
    public async Task A_comment_of_somebody_else_is_not_taken_for_ours()
    {
        await using var server = await CommentServer.StartAsync();
        using var bash = Ready(server, "ours");
        server.Comments.Add(new Comment(1, "somebody", $"{Marker}\ntheirs"));
        server.Comments.Add(new Comment(2, "github-actions[bot]", "of another workflow"));
        Done(await bash.ScriptAsync("comment", "7", "report.md"));

        Assert.Equal([$"{Marker}\ntheirs", "of another workflow", $"{Marker}\nours"], server.Comments.Select(comment => comment.Body));
    }

    [Fact]
    public async Task Ours_is_found_behind_hundreds_of_others()
    {
        await using var server = await CommentServer.StartAsync();
        using var bash = Ready(server, "new");
        server.Comments.AddRange(Enumerable.Range(1, 230).Select(id => new Comment(id, "somebody", "talk")));
        server.Comments.Add(new Comment(231, "github-actions[bot]", $"{Marker}\nold"));
        Done(await bash.ScriptAsync("comment", "7", "report.md"));

        Assert.Equal(231, server.Comments.Count);
        Assert.Equal($"{Marker}\nnew", server.Comments[^1].Body);
    }

    [Fact]
    public async Task A_report_calls_nobody_and_fits()
    {
        await using var server = await CommentServer.StartAsync();
        using var bash = Ready(server, $"@everybody, (@team) web@12 \"quoted\" $(touch broken) `touch broken`\n{new string('x', 80_000)}");
        Done(await bash.ScriptAsync("comment", "7", "report.md"));

        var body = Assert.Single(server.Comments).Body;
        Assert.DoesNotMatch(@"(^|\W)@\w", body);
        Assert.Contains("web@12 \"quoted\" $(touch broken)", body, StringComparison.Ordinal);
        Assert.InRange(body.Length, 60_000, 65_536);
        Assert.Contains("the whole report is in the summary", body, StringComparison.Ordinal);
        Assert.False(File.Exists(bash.At("broken")));
    }

    [Fact]
    public async Task Being_refused_is_an_error_that_does_not_tell_the_token()
    {
        await using var server = await CommentServer.StartAsync();
        using var bash = Ready(server, "ours").With("GITHUB_TOKEN", "expired-and-still-private");
        var run = await bash.ScriptAsync("comment", "7", "report.md");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("401", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("expired-and-still-private", run.Output + run.Errors, StringComparison.Ordinal);
        Assert.Empty(server.Comments);
    }

    [Theory]
    [InlineData("7/comments?x=")]
    [InlineData("../7")]
    [InlineData("")]
    public async Task A_number_that_is_none_asks_nobody(string number)
    {
        await using var server = await CommentServer.StartAsync();
        using var bash = Ready(server, "ours");
        Assert.Equal(1, (await bash.ScriptAsync("comment", number, "report.md")).ExitCode);
        Assert.Empty(server.Calls);
    }

    private static Bash Ready(CommentServer server, string report) => new Bash().Write("report.md", report)
        .With("GITHUB_API_URL", server.Address).With("GITHUB_REPOSITORY", CommentServer.Repository).With("GITHUB_TOKEN", CommentServer.Token);

    private static void Done(BashRun run) => Assert.True(run.ExitCode == 0, run.Output + run.Errors);
}
