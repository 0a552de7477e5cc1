using System.Text.Json;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>Broken policy files, as <c>validate</c> and the local mode meet them.</summary>
public sealed class PolicyFilesTests
{
    private const string Horizontal = "policies/horizontal-scaling.yml";

    public static TheoryData<string, string, string> Edits => new()
    {
        { "minimum: 2 ", "minimun: 2 ", "minimun" },
        { "minimum: 2 ", "minimum: many ", "minimum" },
        { "minimum: 2 ", "minimum: 010 ", "010" },
        { "minimum: 2 ", "minimum: 100 ", "100" },
    };

    /// <summary>Claims every scale set, those of another workload included.</summary>
    private const string Claim =
        """
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: another }
        spec:
          select: { type: vmss }
        ---
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: another }
        spec:
          workload: another
          instances: { minimum: 1, maximum: 5 }

        """;

    /// <summary>Files by name, and what must be said of them.</summary>
    private static readonly Dictionary<string, (string Text, string Word)> Hostile = new()
    {
        ["policies/empty.yml"] = ("", "empty"),
        ["policies/bomb.yml"] = ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", "anchor"),
        ["policies/deep.yml"] = (new string('[', 20_000), "32 levels"),
        ["policies/large.yml"] = (new string('a', 10 * 1024 * 1024), "larger than 256 KiB"),
        ["policies/binary.yml"] = ("\0\u0001\u0002", "character"),
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task A_wrong_value_is_told_with_its_place(string old, string now, string word)
    {
        await using var place = new Workplace();
        place.Edit(Horizontal, old, now);

        var table = (await place.RunAsync("validate")).ShouldBe(1).ShouldHideItsInside();
        var json = (await place.RunAsync("validate --format json")).ShouldBe(1).Json();

        Assert.Contains(table.Lines, line => line.Contains($"{Horizontal}:", StringComparison.Ordinal) && line.Contains(word, StringComparison.Ordinal));
        Assert.Contains(json.EnumerateArray(), line => line.GetProperty("file").GetString() == Horizontal && line.GetProperty("line").GetInt32() == 11);
    }

    [Fact]
    public async Task Cases_beside_policies_pass_or_say_what_came_of_them()
    {
        await using var place = new Workplace();
        Assert.Contains("7 passed, 0 failed", (await place.RunAsync("test")).ShouldBe(0).ShouldHideItsInside().Error, StringComparison.Ordinal);

        place.Edit("policies/load-based-scaling.yml", "target: 60 ", "target: 45 ");
        var failed = (await place.RunAsync("test --format json")).ShouldBe(1).Json().EnumerateArray().First();

        Assert.False(failed.GetProperty("isPassed").GetBoolean());
        Assert.Equal("expected 9 instances, got 12", failed.GetProperty("differences")[0].GetString());
        Assert.Equal("6 → 12, scale-out", failed.GetProperty("actual").GetString());
        Assert.Equal(13, failed.GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task Hostile_files_among_good_ones_are_told_and_the_others_count()
    {
        await using var place = new Workplace();
        foreach (var (name, file) in Hostile)
        {
            place.Write(name, file.Text);
        }

        var validated = (await place.RunAsync("validate --format markdown")).ShouldBe(1).ShouldHideItsInside();
        var served = (await place.RunAsync("--duration 2m --port 0")).ShouldBe(0).ShouldHideItsInside();

        Assert.Equal("| where | what |", validated.Lines[0]);
        Assert.All(Hostile, file => Assert.Contains(
            validated.Lines, line => line.StartsWith($"| {file.Key}:", StringComparison.Ordinal) && line.Contains(file.Value.Word, StringComparison.Ordinal)));
        Assert.All(Hostile, file => Assert.Contains(served.Complaints, line => line.StartsWith($"error: {file.Key}:", StringComparison.Ordinal)));
        Assert.NotEmpty(served.Decisions);
    }

    [Fact]
    public async Task An_unreadable_file_among_good_ones_is_told_and_the_others_count()
    {
        // A link to nowhere cannot be read by anybody, the superuser included.
        await using var place = new Workplace();
        File.CreateSymbolicLink(place.File("policies/link.yml"), place.File("nowhere.yml"));

        var validated = (await place.RunAsync("validate")).ShouldBe(1).ShouldHideItsInside();
        var served = (await place.RunAsync("--duration 2m --port 0")).ShouldBe(0).ShouldHideItsInside();

        Assert.Contains(validated.Lines, line => line.Contains("policies/link.yml:1:1", StringComparison.Ordinal));
        Assert.Contains(served.Complaints, line => line.Contains("policies/link.yml:1:1: the file cannot be read", StringComparison.Ordinal));
        Assert.NotEmpty(served.Decisions);
    }

    [Theory]
    [InlineData("validate none")]
    [InlineData("plan --policies none")]
    [InlineData("--duration 5m --port 0 --policies none")]
    public async Task A_directory_without_policies_is_refused(string arguments)
    {
        await using var place = new Workplace();
        place.Write("none/readme.txt", "nothing here");

        (await place.RunAsync(arguments)).ShouldRefuse("no policy file", "none", "init none");
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("--duration 5m --port 0")]
    public async Task Nothing_runs_when_every_file_is_broken(string arguments)
    {
        await using var place = new Workplace();
        foreach (var file in Directory.GetFiles(place.File("policies")))
        {
            await File.WriteAllTextAsync(file, "not a policy", TestContext.Current.CancellationToken);
        }

        var run = (await place.RunAsync(arguments)).ShouldBe(1).ShouldHideItsInside();

        Assert.Equal(27, run.Complaints.Count);
        Assert.StartsWith("error: no usable policy in policies", run.Complaints[26], StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.False(Directory.Exists(place.File(".scalefunctions")));
    }

    [Fact]
    public async Task Good_files_are_counted()
    {
        await using var place = new Workplace();

        var run = (await place.RunAsync("validate")).ShouldBe(0);

        Assert.Equal("policies: no errors; policies found: Workload 2, HorizontalScaling 2, LoadBasedScaling 2, PredictiveScaling 2, VerticalScaling 1, ResourceRightsizing 1, UsageOptimization 1, CostMonitoring 1, BudgetAlerts 1, AlertChannels 1, Guardrails 1, ChangeCalendar 1, PolicyTest 1", run.Output);
        Assert.Equal(JsonValueKind.Array, (await place.RunAsync("validate --format json")).ShouldBe(0).Json().ValueKind);
    }

    [Fact]
    public async Task Lint_says_what_is_probably_not_meant()
    {
        await using var place = new Workplace();
        (await place.RunAsync("lint")).ShouldBe(0);
        place.Edit("policies/load-based-scaling.yml", "out: 10%", "out: 1%");

        var finding = Assert.Single((await place.RunAsync("lint --format json")).ShouldBe(1).Json().EnumerateArray());

        Assert.Equal(("flapping-margin", 38), (finding.GetProperty("rule").GetString(), finding.GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task Schema_prints_the_schema_for_editors()
    {
        await using var place = new Workplace();

        var schema = (await place.RunAsync("schema")).ShouldBe(0).Json();

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.GetProperty("$schema").GetString());
        Assert.True(schema.GetProperty("$defs").TryGetProperty("HorizontalScaling", out _));
    }

    [Fact]
    public async Task Starter_files_observe_and_are_never_overwritten()
    {
        await using var place = new Workplace();

        var first = (await place.RunAsync("init mine/policies")).ShouldBe(0);
        Assert.Equal(16, first.Lines.Count(line => line.StartsWith("written ", StringComparison.Ordinal)));
        Assert.Contains("mode: observe", await File.ReadAllTextAsync(place.File("mine/policies/workloads.yml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("mode: forecastOnly", await File.ReadAllTextAsync(place.File("mine/policies/predictive-scaling.yml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        (await place.RunAsync("validate mine/policies")).ShouldBe(0);
        var plan = (await place.RunAsync("plan --policies mine/policies --format json")).ShouldBe(2).Json();
        Assert.Contains(plan.EnumerateArray(), line => line.GetProperty("outcome").GetString() == "would change, observed only");

        place.Edit("mine/policies/workloads.yml", "owner: team-shop", "owner: me");
        var second = (await place.RunAsync("init mine/policies")).ShouldBe(0);
        Assert.Equal(16, second.Lines.Count(line => line.StartsWith("kept ", StringComparison.Ordinal)));
        Assert.Contains("owner: me", await File.ReadAllTextAsync(place.File("mine/policies/workloads.yml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_without_a_run_plans_on_a_fresh_sandbox_and_leaves_nothing_behind()
    {
        await using var place = new Workplace();

        var run = await place.RunAsync("plan --format json");

        var lines = run.Json().EnumerateArray().ToList();
        Assert.Equal(["api", "web", "worker", "portal"], lines.Select(line => line.GetProperty("target").GetString()));
        run.ShouldBe(lines.Any(line => line.GetProperty("wouldChange").GetBoolean()) ? 2 : 0);
        Assert.Contains("this is of a fresh simulated Azure", run.Error, StringComparison.Ordinal);
        Assert.Contains("left alone: jobs, an elastic plan (ElasticPremium) scales by itself", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(place.File(".scalefunctions")));
    }

    [Fact]
    public async Task Plan_tells_of_targets_that_two_policies_claim_and_ends_with_1()
    {
        await using var place = new Workplace();
        place.Write("policies/another.yml", Claim);

        var run = (await place.RunAsync("plan --format json")).ShouldBe(1);

        var lines = run.Json().EnumerateArray().ToList();
        Assert.Equal(["error"], lines.Where(line => line.GetProperty("target").GetString() == "web").Select(line => line.GetProperty("outcome").GetString()));
        Assert.NotEqual("error", lines.Single(line => line.GetProperty("target").GetString() == "portal").GetProperty("outcome").GetString());
        Assert.Contains("error: web: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_ends_with_0_when_nothing_would_change()
    {
        await using var place = new Workplace();
        place.Edit("policies/workloads.yml", "app: shop ", "app: other ");

        var run = (await place.RunAsync("plan")).ShouldBe(0);

        Assert.Equal("the policies select no target here", run.Output);
    }
}
