using System.Text.Json;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>The scenario of a week of nights, its first hours only, and the verbs beside it.</summary>
public sealed class OffHoursTests
{
    /// <summary>
    /// At seven in the evening all are put off but 'legacy', whose hours nobody can read; 'build-2' is off for an hour by its tag, and
    /// comes back in time as it was.
    /// </summary>
    [Fact]
    public async Task The_scenario_puts_an_office_off_and_brings_back_what_was_there()
    {
        await using var place = new Workplace();

        var run = (await place.RunAsync("serve --scenario offhours --duration 2h --port 0 --state st")).ShouldBe(0);
        var journal = (await place.RunAsync("history --state st --format json --limit 100000")).ShouldBe(0).Json().EnumerateArray().ToList();

        Assert.Contains(run.Lines, line => line.Contains("off-hours since Mon 19:00 +01:00, back by Wed 07:00 +01:00: 1 instance in place of 6", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.Contains("off-hours since Mon 19:00 +01:00, back by Mon 20:00 +01:00: it is stopped", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.Contains("its tag off-hours cannot be read, so it is not put off", StringComparison.Ordinal));
        Assert.Equal(["build-1", "build-2", "web"], Told(journal, "IntentOpened", "off-hours since Mon 19:00").Distinct().Order());
        Assert.Equal(["db-1"], Told(journal, "IntentOpened", "off-hours since Mon 19:05").Distinct());
        Assert.Equal(["build-2"], Told(journal, "OffHours", "back as it was: 1 of Standard_D4s_v5"));
        Assert.DoesNotContain(journal, entry => entry.GetProperty("kind").GetString() == "OffHours" && entry.GetProperty("facts").GetProperty("isAlarm").GetBoolean());
        (await place.RunAsync("history --verify --state st")).ShouldBe(0);
        Assert.Contains((await place.RunAsync("history build-2 --state st --format markdown")).ShouldBe(0).Lines, line => line.Contains("| off-hours |", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Beside_a_run_usage_tells_who_is_off_and_a_snooze_starts_it()
    {
        await using var place = new Workplace();
        var program = await place.ServeAsync("--scenario", "offhours", "--state", "st", "--speed", "600");
        await program.LineAsync(line => line.Contains("web", StringComparison.Ordinal) && line.Contains("scale in", StringComparison.Ordinal));
        await program.LineAsync(line => line.Contains("db-1", StringComparison.Ordinal) && line.Contains("scale in", StringComparison.Ordinal));

        var view = (await place.RunAsync("usage --state st --format json")).ShouldBe(0).Json();
        var lines = view.GetProperty("targets").EnumerateArray().ToDictionary(line => line.GetProperty("target").GetString()!);
        Assert.Equal(["build-1", "build-2", "db-1", "legacy", "web"], lines.Keys.Order());
        Assert.Equal((6, "Standard_D4s_v5"), (lines["web"].GetProperty("beforeInstances").GetInt32(), lines["web"].GetProperty("beforeSize").GetString()));
        Assert.Equal("start", lines["web"].GetProperty("next").GetString());
        Assert.Contains("cannot be read", lines["legacy"].GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Contains("6 × Standard_D4s_v5 by", (await place.RunAsync("usage --state st --format markdown")).ShouldBe(0).Output, StringComparison.Ordinal);

        var from = program.LineCount;
        var snoozed = (await place.RunAsync("snooze", "db-1", "--for", "4h", "--reason", "a test", "--by", "ann", "--state", "st", "--format", "json")).ShouldBe(0).Json();
        Assert.Equal((true, "ann"), (snoozed.GetProperty("isSnoozed").GetBoolean(), snoozed.GetProperty("by").GetString()));
        await program.LineAsync(line => line.Contains("db-1", StringComparison.Ordinal) && line.Contains("scale out", StringComparison.Ordinal), from);
        var longer = (await place.RunAsync("snooze db-1 --for 2d --state st --format json")).ShouldBe(0).Json();
        Assert.True(longer.GetProperty("until").GetDateTimeOffset() < (await place.RunAsync("usage --state st --format json")).ShouldBe(0).Json().GetProperty("at").GetDateTimeOffset().AddHours(12.1), "it tells an end that its policy does not allow");
        (await place.RunAsync("snooze db-1 --end --state st")).ShouldBe(0);

        from = program.LineCount;
        var woken = (await place.RunAsync("usage", "wake", "web", "--reason", "a demo", "--by", "ann", "--state", "st", "--format", "json")).ShouldBe(0).Json();
        Assert.Equal(("web", "ann"), (woken.GetProperty("target").GetString(), woken.GetProperty("by").GetString()));

        // Tomorrow is a holiday: its hours begin on Wednesday, and the policy keeps nothing on for so long.
        Assert.True(woken.GetProperty("until").GetDateTimeOffset() < lines["web"].GetProperty("readyAt").GetDateTimeOffset(), "it tells an end that its policy does not allow");
        Assert.Contains("12h are the most its policy allows; it is off again from", woken.GetProperty("note").GetString(), StringComparison.Ordinal);
        await program.LineAsync(line => line.Contains("web", StringComparison.Ordinal) && line.Contains("scale out", StringComparison.Ordinal), from);
        Assert.Contains((await place.RunAsync("history web --state st --format markdown")).ShouldBe(0).Lines, line => line.Contains("brought back from off-hours", StringComparison.Ordinal) && line.Contains("a demo", StringComparison.Ordinal));
        Assert.Contains("off-hours do not keep legacy off", (await place.RunAsync("usage wake legacy --state st")).ShouldBe(1).Error, StringComparison.Ordinal);
        await program.TerminateAsync();
        Assert.Contains("--for is at most 7 days", (await place.RunAsync("snooze db-1 --for 8d --state st")).ShouldBe(1).Error, StringComparison.Ordinal);
        Assert.Contains("give --for, such as --for 2h, or --end", (await place.RunAsync("snooze db-1 --state st")).ShouldBe(1).Error, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Told(List<JsonElement> journal, string kind, string text) => journal
        .Where(entry => entry.GetProperty("kind").GetString() == kind && entry.GetProperty("text").GetString()!.Contains(text, StringComparison.Ordinal))
        .Select(entry => entry.GetProperty("target").GetString()!);
}
