using System.Text.Json;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>What the verbs tell of a run that has ended.</summary>
public sealed class AfterServeTests
{
    [Fact]
    public async Task Why_explains_every_decision_that_was_printed()
    {
        await using var place = new Workplace();
        var run = (await place.RunAsync("--duration 7m --port 0")).ShouldBe(0);

        foreach (var line in run.Decisions.Select(line => Workplace.Decision().Match(line)))
        {
            var (target, at, what) = (line.Groups["target"].Value, line.Groups["at"].Value, line.Groups["what"].Value);
            var why = (await place.RunAsync("why", target, "--at", at, "--format", "json")).ShouldBe(0).Json();
            var decision = Assert.Single(why.GetProperty("decisions").EnumerateArray());
            Assert.Equal(what, decision.GetProperty("what").GetString());
            Assert.True(decision.GetProperty("from").GetDateTimeOffset() <= DateTimeOffset.Parse($"{at}Z", null));
            Assert.Equal(line.Groups["from"].Value, $"{decision.GetProperty("current").GetInt32()}");
            if (what.StartsWith("scale", StringComparison.Ordinal))
            {
                Assert.Equal(line.Groups["to"].Value, $"{decision.GetProperty("goal").GetInt32()}");
                Assert.Equal(line.Groups["why"].Value, decision.GetProperty("reason").GetString());
            }
        }

        var never = (await place.RunAsync("why web --at 2020-01-01T00:00")).ShouldBe(0);
        Assert.Contains("decisions are known from 2026-01-05 00:01 to 2026-01-05 00:07", never.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_proves_its_chains_and_finds_a_changed_entry()
    {
        await using var place = new Workplace();
        (await place.RunAsync("--duration 10m --port 0 --state st")).ShouldBe(0);
        Assert.All(
            (await place.RunAsync("history --verify --state st --format json")).ShouldBe(0).Json().EnumerateArray(),
            line => Assert.Equal(JsonValueKind.Null, line.GetProperty("fault").ValueKind));

        await StateFiles.ChangeAsync(place.File("st"), """
            DROP TRIGGER journal_stays;
            UPDATE journal SET json = replace(json, 'sending', 'Sending') WHERE chain LIKE '%/web' AND json LIKE '%sending to Azure%';
            """);

        var run = (await place.RunAsync("history --verify --state st --format markdown")).ShouldBe(1);
        var broken = Assert.Single(run.Lines, line => line.StartsWith("| web |", StringComparison.Ordinal));
        Assert.DoesNotContain("unbroken", broken, StringComparison.Ordinal);
        Assert.Contains(run.Lines, line => line.StartsWith("| api |", StringComparison.Ordinal) && line.Contains("unbroken", StringComparison.Ordinal));
    }
}
