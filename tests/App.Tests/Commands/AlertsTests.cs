namespace ScaleFunctions.App.Tests.Commands;

public sealed class AlertsTests
{
    [Fact]
    public async Task Alerts_are_told_at_the_terminal_listed_retried_and_put_off_beside_and_after_a_run()
    {
        await using var place = new Workplace();
        (await place.RunAsync("--duration 2m --port 0 --state st")).ShouldBe(0);
        (await place.RunAsync("kill-switch on --by ann --reason drill --state st")).ShouldBe(0);
        var run = (await place.RunAsync("--duration 3m --port 0 --state st")).ShouldBe(0);

        // The channel of the starter policies is an action group, which a laptop does not have.
        Assert.Single(run.Error.Split('\n'), line => line.StartsWith("alert to the platform by actionGroup: the kill switch is set by ann", StringComparison.Ordinal));
        Assert.Contains("nothing waits, and nothing was given up", (await place.RunAsync("alerts list --state st")).ShouldBe(0).Output, StringComparison.Ordinal);
        Assert.Contains("0 alerts are sent again", (await place.RunAsync("alerts retry --state st")).ShouldBe(0).Output, StringComparison.Ordinal);
        (await place.RunAsync("alerts retry nothing --state st")).ShouldRefuse("there is no alert 'nothing'");

        (await place.RunAsync("alerts snooze kill-switch --state st")).ShouldRefuse("give --for");
        (await place.RunAsync("alerts snooze kill-switch --for 60d --state st")).ShouldRefuse("at most 30 days");
        (await place.RunAsync("alerts snooze kill-switch --for 2h --by ann --reason known --state st")).ShouldBe(0);
        var list = (await place.RunAsync("alerts list --state st --format json")).ShouldBe(0).Json();
        Assert.Equal("kill-switch", Assert.Single(list.GetProperty("snoozes").EnumerateArray()).GetProperty("about").GetString());
        (await place.RunAsync("alerts snooze kill-switch --end --state st")).ShouldBe(0);
        Assert.Empty((await place.RunAsync("alerts list --state st --format json")).ShouldBe(0).Json().GetProperty("snoozes").EnumerateArray());
    }
}
