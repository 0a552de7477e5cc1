namespace ScaleFunctions.App.Tests.Commands;

public sealed class LeftoversTests
{
    /// <summary>What people left beside the shop, and nothing of what is in use; a disk of 128 GB costs 19.70 USD a month.</summary>
    [Fact]
    public async Task Tells_what_stands_about_with_its_price_and_the_command()
    {
        await using var place = new Workplace();

        var view = (await place.RunAsync("usage findings --estate leftovers --format json")).ShouldBe(0).ShouldHideItsInside().Json();

        var lines = view.GetProperty("findings").EnumerateArray().ToDictionary(line => line.GetProperty("name").GetString()!);
        Assert.Equal(["disk-left", "ip-left", "lb-left", "plan-idle", "plan-old", "snap-before-upgrade", "vm-forgotten", "vm-parked"], lines.Keys.Order());
        Assert.Equal(19.7m, lines["disk-left"].GetProperty("perMonth").GetDecimal());
        Assert.StartsWith("az disk delete --ids '/subscriptions/", lines["disk-left"].GetProperty("command").GetString(), StringComparison.Ordinal);
        Assert.Equal("usage-optimization", lines["disk-left"].GetProperty("policy").GetString());
        Assert.Equal("IdleMachine", lines["vm-forgotten"].GetProperty("kind").GetString());
        Assert.Equal("IdlePlan", lines["plan-idle"].GetProperty("kind").GetString());
        Assert.Equal("DeallocatedMachine", lines["vm-parked"].GetProperty("kind").GetString());
        Assert.All(lines.Values, line => Assert.True(line.GetProperty("perMonth").GetDecimal() > 0, $"{line}"));
    }

    [Fact]
    public async Task Says_that_nothing_stands_about_or_prints_a_table()
    {
        await using var place = new Workplace();

        Assert.Contains("Nothing stands about.", (await place.RunAsync("usage findings --estate shop")).ShouldBe(0).Output, StringComparison.Ordinal);
        var markdown = (await place.RunAsync("usage findings --estate leftovers --format markdown")).ShouldBe(0);
        Assert.Contains(markdown.Lines, line => line.StartsWith("| snap-before-upgrade | old snapshot |", StringComparison.Ordinal) && line.Contains("at most 6.40 USD (retail of", StringComparison.Ordinal));
    }
}
