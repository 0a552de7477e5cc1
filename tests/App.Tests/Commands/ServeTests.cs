using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ScaleFunctions.App.Tests.Commands;

public sealed partial class ServeTests
{
    [Fact]
    public async Task Runs_to_its_end_and_its_summary_agrees_with_the_journal()
    {
        await using var place = new Workplace();

        var run = (await place.RunAsync("--duration 3h --port 0 --state st")).ShouldBe(0);
        var journal = (await place.RunAsync("history --state st --format json --limit 100000")).ShouldBe(0).Json().EnumerateArray().ToList();

        Assert.Contains(run.Decisions, line => line.Contains("scale out", StringComparison.Ordinal));
        Assert.Contains(run.Decisions, line => line.Contains("scale in", StringComparison.Ordinal));
        var rows = Summary(run);
        Assert.Equal(["api", "portal", "web", "worker"], rows.Keys.Order());
        foreach (var (target, row) in rows)
        {
            var opened = journal.Where(entry => Is(entry, target, "IntentOpened")).Select(Change).ToList();
            Assert.Equal(180, row.Decisions);
            Assert.Equal(180, row.Minutes);
            Assert.Equal(opened.Count(change => change.Goal > change.From), row.Out);
            Assert.Equal(opened.Count(change => change.Goal < change.From), row.In);
            Assert.Equal(row.Out + row.In, row.Writes);
            Assert.Equal(row.Writes, journal.Count(entry => Is(entry, target, "IntentAccepted")));
            Assert.Equal(row.Writes, run.Decisions.Count(line => Workplace.Decision().Match(line) is var match
                && match.Groups["target"].Value == target && match.Groups["what"].Value.StartsWith("scale", StringComparison.Ordinal)));
        }

        Assert.Contains(
            $"decisions {rows.Values.Sum(row => row.Decisions)}, writes {rows.Values.Sum(row => row.Writes)}, "
            + $"instance-hours {Total(run):0.0}, minutes short {rows.Values.Sum(row => row.Short)} of {rows.Values.Sum(row => row.Minutes)}; "
            + "3 hours simulated in",
            run.Output,
            StringComparison.Ordinal);
        Assert.Equal(rows.Values.Sum(row => row.InstanceHours), Total(run), tolerance: 0.2);
        run.ShouldHideItsInside();
    }

    [Fact]
    public async Task Decides_the_same_when_run_twice()
    {
        await using var one = new Workplace();
        await using var two = new Workplace();

        var first = (await one.RunAsync("--duration 30m --port 0")).ShouldBe(0);
        var second = (await two.RunAsync("serve --duration 30m --port 0")).ShouldBe(0);

        Assert.True(first.Decisions.Count > 10);
        Assert.Equal(first.Decisions, second.Decisions);
        var other = (await two.RunAsync("--duration 5m --port 0 --seed 2")).ShouldBe(0);
        Assert.NotEqual(first.Decisions.Take(other.Decisions.Count), other.Decisions);
    }

    [Fact]
    public async Task Goes_on_where_the_state_was_left()
    {
        await using var place = new Workplace();

        (await place.RunAsync("--duration 10m --port 0 --state st")).ShouldBe(0);
        var before = await StateFiles.ReadAsync(place.File("st"));
        var second = (await place.RunAsync("--duration 20m --port 0 --state st")).ShouldBe(0);
        var after = await StateFiles.ReadAsync(place.File("st"));

        Assert.Contains("from 2026-01-05 00:10 on", second.Error, StringComparison.Ordinal);
        Assert.All(second.Decisions, line => Assert.InRange(
            DateTime.Parse(line[..16], CultureInfo.InvariantCulture),
            new DateTime(2026, 1, 5, 0, 11, 0), new DateTime(2026, 1, 5, 0, 30, 0)));
        var entries = (await place.RunAsync("history --state st --format json --limit 1000")).ShouldBe(0).Json().EnumerateArray().ToList();
        foreach (var (earlier, later) in before.Zip(after))
        {
            // The first decision of the second run starts at the capacity the first run ended with; epochs count on.
            var name = earlier.Target.Name;
            var first = second.Decisions.Select(line => Workplace.Decision().Match(line)).FirstOrDefault(match => match.Groups["target"].Value == name);
            Assert.Equal($"{earlier.LastKnownCapacity}", first?.Groups["from"].Value ?? $"{later.LastKnownCapacity}");
            Assert.Equal(
                Enumerable.Range(1, (int)later.Epoch).Select(epoch => (long)epoch),
                entries.Where(entry => Is(entry, name, "IntentOpened"))
                    .Select(entry => entry.GetProperty("facts").GetProperty("intent").GetProperty("epoch").GetInt64()));
        }

        Assert.Contains(before.Zip(after), pair => pair.First.Epoch > 0 && pair.Second.Epoch > pair.First.Epoch);
        (await place.RunAsync("history --verify --state st")).ShouldBe(0);
    }

    [Fact]
    public async Task Replays_a_recorded_load()
    {
        await using var place = new Workplace();
        place.WriteWave();

        var run = (await place.RunAsync("--duration 1h --port 0 --trace wave.csv --trace-mean 10")).ShouldBe(0);

        Assert.StartsWith("2026-03-02 00:01  wave ", run.Decisions[0], StringComparison.Ordinal);
        Assert.True(Summary(run)["wave"] is { Out: > 0, In: > 0 }, run.Output);
        Assert.DoesNotContain("gaps", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_a_recorded_load_has_gaps_and_goes_on()
    {
        await using var place = new Workplace();
        var text = await File.ReadAllTextAsync(place.File(place.WriteWave()), TestContext.Current.CancellationToken);
        place.Write("gaps.csv", string.Join('\n', text.Split('\n').Where((_, line) => line is not (7 or 8 or 20))));

        var run = (await place.RunAsync("--duration 5m --port 0 --trace gaps.csv")).ShouldBe(0);

        Assert.Contains("note: gaps in gaps.csv: 2, the longest of 15 minutes", run.Error, StringComparison.Ordinal);
        Assert.NotEmpty(run.Decisions);
    }

    [Fact]
    public async Task Writes_where_another_process_keeps_the_sandbox()
    {
        await using var place = new Workplace();
        await using var sandbox = await ScaleFunctions.Sandbox.SandboxServer.StartAsync(new(), TestContext.Current.CancellationToken);

        (await place.RunAsync($"--duration 10m --port 0 --state st --sandbox {sandbox.Port}/{sandbox.Thumbprint}")).ShouldBe(0);
        var journal = (await place.RunAsync("history --state st --format json --limit 1000")).ShouldBe(0).Json().EnumerateArray();

        Assert.NotEmpty(sandbox.Writes.Effective);
        Assert.Equal(journal.Count(entry => entry.GetProperty("kind").GetString() == "IntentAccepted"), sandbox.Writes.Effective.Count);
    }

    [Fact]
    public async Task Shows_the_faults_it_is_given()
    {
        await using var place = new Workplace();
        place.Write("faults.json", """[ { "method": "PATCH", "effect": { "kind": "answer", "status": 403, "code": "AuthorizationFailed" } } ]""");

        var run = (await place.RunAsync("--duration 10m --port 0 --faults faults.json")).ShouldBe(0);

        Assert.Contains(run.Decisions, line => line.Contains("failed", StringComparison.Ordinal) && line.Contains("AuthorizationFailed", StringComparison.Ordinal));
        Assert.All(Summary(run).Values, row => Assert.Equal(0, row.Out + row.In));
    }

    [Fact]
    public async Task Plan_tells_when_not_all_of_the_estate_can_be_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends a Unix signal");
        await using var place = new Workplace();
        place.Write("faults.json", """[ { "target": "ResourceGraph|/serverfarms", "effect": { "kind": "answer", "status": 403, "code": "AuthorizationFailed" } } ]""");
        var serve = await place.ServeAsync("--speed", "60", "--state", "st", "--faults", "faults.json");

        var run = (await place.RunAsync("plan --state st --format json")).ShouldBe(3);

        Assert.Contains("not all of the estate could be read", run.Error, StringComparison.Ordinal);
        Assert.Contains("AuthorizationFailed", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Json().EnumerateArray(), line => line.GetProperty("outcome").GetString() == "scale in");
        (await serve.TerminateAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Ends_cleanly_when_asked_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends a Unix signal");
        await using var place = new Workplace();
        var serve = await place.ServeAsync("--speed", "600", "--state", "st");
        Assert.True(File.Exists(place.File("st/run.json")));

        var run = (await serve.TerminateAsync()).ShouldBe(0);

        Assert.Contains("interrupted; everything written is kept", run.Error, StringComparison.Ordinal);
        Assert.Contains("decisions ", run.Lines[^1], StringComparison.Ordinal);
        Assert.False(File.Exists(place.File("st/run.json")));
        (await place.RunAsync("history --verify --state st")).ShouldBe(0);
    }

    [Fact]
    public async Task Loads_changed_policies_while_it_runs_and_keeps_the_last_good_ones()
    {
        await using var place = new Workplace();
        var serve = await place.ServeAsync("--speed", "1200", "--state", "st");

        place.Edit("policies/horizontal-scaling.yml", "minimum: 2 ", "minimum: two ");
        var (_, next) = await serve.NoteAsync(line => line.Contains("the last good set stays in force", StringComparison.Ordinal));
        foreach (var file in Directory.GetFiles(place.File("policies")))
        {
            File.Move(file, file + ".away");
        }

        (_, next) = await serve.NoteAsync(line => line.Contains("there is no policy file", StringComparison.Ordinal), next);
        foreach (var file in Directory.GetFiles(place.File("policies")))
        {
            File.Move(file, file[..^".away".Length]);
        }

        place.Edit("policies/horizontal-scaling.yml", "minimum: two ", "minimum: 12 ");
        await serve.NoteAsync(line => line == "policies changed; errors: 0", next);
        await serve.LineAsync(line => line.Contains("is below the minimum of 12", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keeps_the_last_good_policies_while_bounds_cannot_be_read()
    {
        await using var place = new Workplace();
        var serve = await place.ServeAsync("--speed", "1200", "--state", "st");

        place.Edit("policies/guardrails.yml", "maximumInstances: 100 ", "maximumInstances: many ");
        var (_, next) = await serve.NoteAsync(line => line.Contains("lack bounds that cannot be read; the last good set stays in force", StringComparison.Ordinal));
        await serve.LineAsync(line => line.Contains("scale ", StringComparison.Ordinal), serve.LineCount);
        place.Edit("policies/guardrails.yml", "maximumInstances: many ", "maximumInstances: 99 ");
        await serve.NoteAsync(line => line == "policies changed; errors: 0", next);
    }

    [Fact]
    public async Task Observes_only_when_the_policies_say_so()
    {
        await using var place = new Workplace();
        place.Edit("policies/workloads.yml", "mode: act", "mode: observe");

        var run = (await place.RunAsync("--duration 10m --port 0")).ShouldBe(0);

        Assert.Contains(run.Decisions, line => line.Contains("the workload is in observe mode", StringComparison.Ordinal));
        Assert.All(Summary(run).Values, row => Assert.Equal(0, row.Writes));
    }

    /// <summary>A fleet that is too big steps down at night; another is not well with the smaller size, and gets back what it had.</summary>
    [Fact]
    public async Task The_scenario_rightsize_steps_down_a_size_and_takes_one_back()
    {
        await using var place = new Workplace();

        var run = (await place.RunAsync("serve --scenario rightsize --duration 4h --port 0 --state st")).ShouldBe(0);
        var journal = (await place.RunAsync("history --state st --format json --limit 100000")).ShouldBe(0).Json().EnumerateArray().ToList();

        Assert.Contains(run.Lines, line => line.Contains("Standard_D8s_v5 → Standard_D4s_v5: over 2h 95 of 100 samples", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.Contains("Standard_D4s_v5: 6 instances have it and stayed well", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.Contains("Standard_D2s_v5 is taken back: 2 more instances are unwell than before", StringComparison.Ordinal));
        var rows = Summary(run);
        Assert.All(rows.Values, row => Assert.Equal((4, 0, 0, 0), (row.Size, row.Out, row.In, row.Short)));
        Assert.Equal(
            [("api", "Undone"), ("web", "Well")],
            journal.Where(entry => entry.GetProperty("kind").GetString() == "RollOutEnded")
                .Select(entry => (entry.GetProperty("target").GetString()!, entry.GetProperty("facts").GetProperty("end").GetString()!)).Order());
        Assert.Contains("Standard_D2s_v5 was taken back", (await place.RunAsync("history api --state st")).ShouldBe(0).Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var why = (await place.RunAsync("why web --state st --format json")).ShouldBe(0).Json();
        Assert.Contains("size, looked at 2026-01-05 0", why.GetProperty("now").GetString(), StringComparison.Ordinal);
        (await place.RunAsync("history --verify --state st")).ShouldBe(0);
        (await place.RunAsync("serve --scenario rightsize --estate large --port 0")).ShouldBe(1);
    }

    private static bool Is(JsonElement entry, string target, string kind) =>
        entry.GetProperty("target").GetString() == target && entry.GetProperty("kind").GetString() == kind;

    private static (int From, int Goal) Change(JsonElement entry)
    {
        var intent = entry.GetProperty("facts").GetProperty("intent");
        return (intent.GetProperty("base").GetProperty("capacity").GetInt32(), intent.GetProperty("goal").GetInt32());
    }

    private static double Total(Finished run) =>
        double.Parse(run.Lines[^1].Split("instance-hours ")[1].Split(',')[0], CultureInfo.InvariantCulture);

    private static Dictionary<string, SummaryRow> Summary(Finished run) => run.Lines
        .Select(line => SummaryLine().Match(line))
        .Where(match => match.Success)
        .ToDictionary(match => match.Groups["target"].Value, match => new SummaryRow(
            Number(match, "decisions"), Number(match, "writes"), Number(match, "out"), Number(match, "in"), Number(match, "size"),
            double.Parse(match.Groups["hours"].Value, CultureInfo.InvariantCulture), Number(match, "short"), Number(match, "minutes")));

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^  (?<target>\S+) +(?<decisions>\d+) +(?<writes>\d+) +(?<out>\d+) +(?<in>\d+) +(?<size>\d+) +\d+ +(?<hours>[0-9.]+) +(?<short>\d+) of (?<minutes>\d+) *$", RegexOptions.NonBacktracking)]
    private static partial Regex SummaryLine();

    private sealed record SummaryRow(int Decisions, int Writes, int Out, int In, int Size, double InstanceHours, int Short, int Minutes);
}
