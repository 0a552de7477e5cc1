namespace ScaleFunctions.App.Tests.Commands;

public sealed class ApprovalsTests
{
    [Fact]
    public async Task Requests_are_made_listed_shown_and_answered_beside_and_after_a_run()
    {
        await using var place = new Workplace();
        (await place.RunAsync("--duration 3m --port 0 --state st")).ShouldBe(0);
        Assert.Contains("nothing is asked for", (await place.RunAsync("approvals list --state st")).ShouldBe(0).Output, StringComparison.Ordinal);

        var id = (await place.RunAsync("approvals request --for 20m --by ann --reason over --state st --format json")).ShouldBe(0).Json().GetProperty("id").GetString()!;
        (await place.RunAsync("approvals", "approve", id, "--by", "Ann", "--state", "st")).ShouldRefuse("whoever asks for it does not approve it");
        (await place.RunAsync("approvals", "approve", id, "--by", "ann", "--break-glass", "--state", "st")).ShouldRefuse("'--break-glass' needs a '--reason'");
        Assert.Contains("| approved |", (await place.RunAsync("approvals", "approve", id, "--by", "bob", "--reason", "fine", "--state", "st", "--format", "markdown")).ShouldBe(0).Output, StringComparison.Ordinal);

        (await place.RunAsync("approvals", "deny", id, "--by", "eve", "--state", "st")).ShouldRefuse("bob has approved it");
        Assert.Contains(id, (await place.RunAsync("approvals", "show", id, "--state", "st", "--format", "csv")).ShouldBe(0).Output, StringComparison.Ordinal);
        Assert.Single((await place.RunAsync("approvals list --state st --format json")).ShouldBe(0).Json().EnumerateArray());
        Assert.Contains((await place.RunAsync("history fleet --state st --format markdown")).ShouldBe(0).Lines, line => line.Contains("| approval | bob |", StringComparison.Ordinal));

        var own = (await place.RunAsync("approvals request --for 20m --by ann --reason again --state st --format json")).ShouldBe(0).Json().GetProperty("id").GetString()!;
        Assert.Contains("BREAK GLASS: ann approved what they asked for themselves", (await place.RunAsync("approvals", "approve", own, "--by", "ann", "--break-glass", "--reason", "fire", "--state", "st")).ShouldBe(0).Error, StringComparison.Ordinal);
        (await place.RunAsync("approvals show ap-0 --state st")).ShouldRefuse("there is no approval 'ap-0'");
        (await place.RunAsync("approvals request --for 2h --state st")).ShouldRefuse("at most 60m");
    }
}
