using System.Text.Json;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>The verbs beside a running local mode.</summary>
public sealed class BesideServeTests
{
    /// <summary>10 simulated minutes a second: a wave of the recorded load passes in four.</summary>
    private const string Speed = "600";

    [Fact]
    public async Task Plan_sees_the_running_local_mode_and_its_exit_code_fits_its_output()
    {
        await using var place = new Workplace();
        await place.ServeAsync("--speed", Speed, "--trace", place.WriteWave());

        var run = await place.RunAsync("plan --format json");

        var lines = run.Json().EnumerateArray().ToList();
        Assert.Equal(["wave", "wave-plan"], lines.Select(line => line.GetProperty("target").GetString()));
        run.ShouldBe(lines.Any(line => line.GetProperty("wouldChange").GetBoolean()) ? 2 : 0).ShouldHideItsInside();
        Assert.DoesNotContain("fresh", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_takes_the_policies_of_the_running_local_mode()
    {
        await using var place = new Workplace();
        Directory.Move(place.File("policies"), place.File("mine"));
        await place.ServeAsync("--speed", Speed, "--policies", "mine");

        Assert.Contains((await place.RunAsync("plan")).ExitCode, new[] { 0, 2 });
    }

    [Fact]
    public async Task A_paused_target_is_left_alone_until_it_is_resumed()
    {
        await using var place = new Workplace();
        var serve = await place.ServeAsync("--speed", Speed, "--trace", place.WriteWave(), "--state", "st");

        var paused = (await place.RunAsync("pause", "wave", "--for", "9d", "--reason", "a | b", "--by", "ann", "--state", "st", "--format", "json")).ShouldBe(0).Json();
        Assert.True(paused.GetProperty("isPaused").GetBoolean());
        var from = serve.LineCount;
        var (held, next) = await serve.LineAsync(
            line => line.Contains("held: paused by ann until 2026-03-11", StringComparison.Ordinal), from);
        Assert.EndsWith(": a | b", held, StringComparison.Ordinal);

        var why = (await place.RunAsync("why wave --state st")).ShouldBe(0);
        Assert.Contains("paused by ann until 2026-03-11", why.Lines[1], StringComparison.Ordinal);
        var plan = await place.RunAsync("plan --format markdown --state st");
        Assert.Contains(plan.ExitCode, new[] { 0, 2 });
        Assert.All(plan.Lines.Skip(2), line => Assert.Equal(6, line.Replace("\\|", "", StringComparison.Ordinal).Count(letter => letter == '|')));

        Assert.Contains("not paused", (await place.RunAsync("resume wave --state st")).ShouldBe(0).Output, StringComparison.Ordinal);
        await serve.LineAsync(line => line.Contains("scale ", StringComparison.Ordinal), next);
        var journal = (await place.RunAsync("history wave --state st --format markdown --limit 1000")).ShouldBe(0);
        Assert.Contains(journal.Lines, line => line.Contains("| pause | ann |", StringComparison.Ordinal) && line.Contains("a \\| b", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_bounds_hold_for_a_while_and_stand_in_the_journal()
    {
        await using var place = new Workplace();
        var serve = await place.ServeAsync("--speed", Speed, "--state", "st");

        var given = (await place.RunAsync("override", "web", "--minimum", "14", "--maximum", "70", "--for", "9d", "--reason", "launch", "--by", "ann", "--state", "st", "--format", "json")).ShouldBe(0).Json();
        Assert.Equal((14, 70), (given.GetProperty("minimum").GetInt32(), given.GetProperty("maximum").GetInt32()));
        await serve.LineAsync(line => line.Contains("web", StringComparison.Ordinal) && line.Contains("is below the floor of 14 until", StringComparison.Ordinal) && line.Contains("(override by ann: launch)", StringComparison.Ordinal));
        var why = (await place.RunAsync("why web --state st")).ShouldBe(0);
        Assert.Contains("minimum 14 and maximum 70 until 2026-01-14", why.Lines[1], StringComparison.Ordinal);

        Assert.Contains("as the policy says", (await place.RunAsync("override web --end --reason over --state st")).ShouldBe(0).Output, StringComparison.Ordinal);
        var journal = (await place.RunAsync("history web --state st --limit 1000 --format markdown")).ShouldBe(0);
        Assert.Contains(journal.Lines, line => line.Contains("| override | ann | minimum 14 and maximum 70 until", StringComparison.Ordinal));
        Assert.Contains(journal.Lines, line => line.Contains("override ended by", StringComparison.Ordinal));

        var above = (await place.RunAsync("override web --minimum 999 --for 2h --state st")).ShouldBe(0);
        Assert.Contains("at the last evaluation, so a minimum of 999 holds only up to it; give '--maximum' as well", above.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("override web --minimum 4", "say how long with '--for'")]
    [InlineData("override web --for 2h", "give a minimum, a maximum, or both")]
    [InlineData("override web --minimum 9 --maximum 4 --for 2h", "the minimum of 9 is above the maximum of 4")]
    [InlineData("override web --minimum 9 --for 31d", "an override lasts at most 30 days")]
    [InlineData("override web --minimum 9 --for 2h --end", "'--end' ends an override and takes no bounds and no span")]
    [InlineData("override web --minimum 0 --for 2h", "'0' does not fit --minimum; expected a whole number from 1 to 1000")]
    public async Task An_override_that_says_too_little_or_too_much_is_refused(string command, string error)
    {
        await using var place = new Workplace();

        Assert.Contains(error, (await place.RunAsync(command)).ShouldBe(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_kill_switch_stops_every_write_until_it_is_cleared()
    {
        await using var place = new Workplace();
        var serve = await place.ServeAsync("--speed", Speed, "--trace", place.WriteWave());

        Assert.Contains("not set", (await place.RunAsync("kill-switch status")).ShouldBe(0).Output, StringComparison.Ordinal);
        Assert.True((await place.RunAsync("kill-switch on --by bob --format json")).ShouldBe(0).Json().GetProperty("isSet").GetBoolean());
        var (_, next) = await serve.LineAsync(
            line => line.Contains("held: the kill switch is set by bob: no reason given", StringComparison.Ordinal), serve.LineCount);
        Assert.Contains("| SET: nothing is written | bob |", (await place.RunAsync("kill-switch status --format markdown")).ShouldBe(0).Output, StringComparison.Ordinal);

        (await place.RunAsync("kill-switch off --by bob --reason over")).ShouldBe(0);
        await serve.LineAsync(line => line.Contains("scale ", StringComparison.Ordinal), next);
        var fleet = (await place.RunAsync("history fleet")).ShouldBe(0);
        Assert.Contains(fleet.Lines, line => line.Contains("kill switch cleared by bob: over", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_verb_works_beside_and_after_and_after_a_crash()
    {
        await using var place = new Workplace();
        var serve = await place.ServeAsync("--speed", Speed, "--state", "st");
        await EveryVerbAsync(place, "json");

        await serve.KillAsync();
        Assert.True(File.Exists(place.File("st/run.json")));
        await EveryVerbAsync(place, "table");
        var plan = await place.RunAsync("plan --state st");
        Assert.Contains("that run has ended", plan.Error, StringComparison.Ordinal);

        // A crash loses nothing: the next run takes over.
        (await place.RunAsync("--duration 5m --port 0 --state st")).ShouldBe(0);
        Assert.False(File.Exists(place.File("st/run.json")));
        await EveryVerbAsync(place, "markdown");
    }

    [Fact]
    public async Task A_second_local_mode_on_the_same_state_is_refused()
    {
        await using var place = new Workplace();
        var serve = await place.ServeAsync("--speed", Speed, "--state", "st");

        (await place.RunAsync("--state st --port 0 --duration 5m")).ShouldRefuse("another worker runs", $"held by process {serve.Id}", "--state");

        await serve.LineAsync(_ => true, serve.LineCount);
    }

    private static async Task EveryVerbAsync(Workplace place, string format)
    {
        foreach (var verb in new[] { "why web", "history --limit 3", "history --verify", "kill-switch status", "pause api --for 1m", "resume api" })
        {
            var run = (await place.RunAsync($"{verb} --state st --format {format}")).ShouldBe(0).ShouldHideItsInside();
            Assert.True(
                format == "json"
                    ? run.Json().ValueKind is JsonValueKind.Array or JsonValueKind.Object
                    : run.Lines.Any(line => line.Contains(format == "table" ? "───" : "| --- |", StringComparison.Ordinal)),
                run.Output);
        }
    }
}
