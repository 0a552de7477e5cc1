using System.Text.Json;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>The scenario of a budget that will not do, its first hours only, and the verbs beside it.</summary>
public sealed class OverspendTests
{
    /// <summary>
    /// Spend runs away at eight; by four in the afternoon the stage has fewer instances, and what opted in to be stopped has none: its
    /// machine is deallocated, the one beside it without the tag runs on, and so does what is critical.
    /// </summary>
    [Fact]
    public async Task The_scenario_climbs_its_ladder_step_by_step_and_says_why()
    {
        await using var place = new Workplace();

        var run = (await place.RunAsync("serve --scenario overspend --duration 10h --port 0 --state st")).ShouldBe(0);
        var journal = (await place.RunAsync("history --state st --format json --limit 100000")).ShouldBe(0).Json().EnumerateArray().ToList();

        Assert.Equal(
            ["notify Active", "offHours Announced", "offHours Active", "lowerMaximum Announced", "lowerMaximum Active", "stop Announced", "stop InGrace", "stop Active"],
            journal.Where(entry => entry.GetProperty("kind").GetString() == "Budget" && entry.GetProperty("facts").TryGetProperty("to", out _))
                .OrderBy(entry => entry.GetProperty("at").GetDateTimeOffset())
                .Select(entry => $"{entry.GetProperty("facts").GetProperty("step").GetString()} {entry.GetProperty("facts").GetProperty("to").GetString()}"));
        Assert.Contains(run.Lines, line => line.Contains("lowered by the step lowerMaximum of the budget estate", StringComparison.Ordinal));
        Assert.Equal(["build", "dev-1"], Lowered(journal, "leaves it no instances while its step stop holds").Distinct().Order());
        Assert.Equal(["stage"], Lowered(journal, "lowered by the step lowerMaximum of the budget estate").Distinct());

        var shown = (await place.RunAsync("budgets show estate --state st --format json")).ShouldBe(0).Json();
        Assert.Equal(["Active", "Active", "Active", "Active", "Idle"], shown.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("phase").GetString()));
        Assert.Contains("stop", (await place.RunAsync("why dev-1 --state st")).ShouldBe(0).Output, StringComparison.Ordinal);
        (await place.RunAsync("history --verify --state st")).ShouldBe(0);

        // An undo is told like everything else that happens to a budget: it waits for whoever sends.
        place.Write("st/policies/alert-channels.yml", Channels);
        (await place.RunAsync("budgets", "undo", "estate", "lowerMaximum", "--reason", "a demo", "--by", "ann", "--state", "st", "--policies", "st/policies")).ShouldBe(0);
        var alert = Assert.Single((await place.RunAsync("alerts list --state st --format json")).ShouldBe(0).Json().GetProperty("alerts").EnumerateArray());
        Assert.StartsWith("budget estate: the step lowerMaximum is undone, 50 % of the resources at once and what is left 30m later, ann does not want it: a demo", alert.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal("finops", alert.GetProperty("owner").GetString());

        // The next run goes on with what there was: a machine that was deallocated does not run again by itself.
        (await place.RunAsync("serve --scenario overspend --duration 10m --port 0 --state st")).ShouldBe(0);
        var after = (await place.RunAsync("history --state st --format json --limit 100000")).ShouldBe(0).Json().EnumerateArray().ToList();
        Assert.DoesNotContain(after, entry => entry.GetProperty("kind").GetString() == "Drift" && entry.GetProperty("target").GetString() == "dev-1");
        Assert.Contains("0 instances, ", (await place.RunAsync("why dev-1 --state st")).ShouldBe(0).Output, StringComparison.Ordinal);
    }

    private const string Channels =
        """
        apiVersion: scalefunctions/v1
        kind: AlertChannels
        metadata: { name: alert-channels }
        spec: { channels: [ { name: ops, type: slack, setting: ALERT_OPS } ], default: [ops] }
        """;

    private static IEnumerable<string> Lowered(List<JsonElement> journal, string text) => journal
        .Where(entry => entry.GetProperty("kind").GetString() == "IntentOpened" && entry.GetProperty("text").GetString()!.Contains(text, StringComparison.Ordinal))
        .Select(entry => entry.GetProperty("target").GetString()!);
}
