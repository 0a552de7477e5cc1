namespace ScaleFunctions.App.Tests.Commands;

/// <summary><c>plan</c> on an estate that is not of this process: what it does with Azure itself, over the same connection.</summary>
public sealed class PlanElsewhereTests
{
    [Fact]
    public async Task Decides_with_the_metrics_of_that_estate_and_sends_nothing_but_reads()
    {
        await using var world = await ApplyWorld.StartAsync(("busy", 4, 6), ("fine", 4, 3));

        var lines = (await world.RunAsync("plan --format json")).ShouldBe(2).ShouldHideItsInside().Json().EnumerateArray()
            .ToDictionary(line => line.GetProperty("target").GetString()!, line => line.GetProperty("outcome").GetString());

        Assert.Equal("scale out", lines["busy"]);
        Assert.Equal("hold", lines["fine"]);
        Assert.Empty(world.Sandbox.Writes.All);
    }

    [Fact]
    public async Task Knows_what_a_state_remembers()
    {
        await using var world = await ApplyWorld.StartAsync(("busy", 4, 6));
        (await world.RunAsync("apply --state st")).ShouldBe(2);
        (await world.Place.RunAsync("kill-switch on --by ann --state st")).ShouldBe(0);

        Assert.Contains("the kill switch is set by ann", (await world.RunAsync("plan --state st")).ShouldBe(0).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("kill switch", (await world.RunAsync("plan")).ShouldBe(2).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_to_change_is_no_exit_code()
    {
        await using var world = await ApplyWorld.StartAsync(("fine", 4, 3));

        (await world.RunAsync("plan")).ShouldBe(0);
    }
}
