namespace ScaleFunctions.Bicep.Tests.Workflows;

/// <summary>What a pull request of policies is told, with a stand-in for the program whose answers are chosen, and with the program itself.</summary>
public sealed class ReviewTests
{
    // Answers with what the file named by its verb (and directory) says, and ends with the code in it.
    private const string Program =
        """
        #!/usr/bin/env bash
        echo "$*" >> "$CALLS"
        verb=$1
        case "$*" in *'--policies before '*) verb=plan-before ;; esac
        [ -e "$ANSWERS/$verb.notes" ] && cat "$ANSWERS/$verb.notes" >&2
        [ -e "$ANSWERS/$verb" ] && cat "$ANSWERS/$verb"
        [ ! -e "$ANSWERS/$verb.code" ] || exit "$(cat "$ANSWERS/$verb.code")"
        """;

    [Fact]
    public async Task What_is_right_is_told_with_what_would_change()
    {
        using var bash = Ready().Write("answers/validate", "no errors").Write("answers/test", "| passed | a rise |").Write("answers/plan", "| web | 6 → 9 |\n")
            .Write("answers/plan-before", "| web | 6 |\n").Write("answers/plan.code", "2").Write("answers/plan-before.code", "0").Write("answers/backtest", "| policies | 1.4 |").Write("answers/plan.notes", "left alone: pool");
        var run = await ReviewAsync(bash);

        Assert.True(run.ExitCode == 0, run.Errors);
        var report = bash.Read("report.md");
        Assert.StartsWith("## Policies: nothing is wrong\n", report, StringComparison.Ordinal);
        InOrder(report, "### Errors", "no errors", "### Probably not meant", "(nothing)", "### Cases", "a rise", "### What would change now", "6 → 9", "left alone: pool", "otherwise than before", "-| web | 6 |", "+| web | 6 → 9 |", "### Rehearsed: simulated", "| policies | 1.4 |");
        Assert.Contains("plan --policies after --estate shop --format markdown", bash.Read("calls"), StringComparison.Ordinal);
        Assert.Contains("backtest --policies after --resource web ", bash.Read("calls"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_errors_nothing_else_is_asked_and_the_check_is_red()
    {
        using var bash = Ready().Write("answers/validate", "| web.yml:3:1 | unknown field |").Write("answers/validate.code", "1");
        var run = await ReviewAsync(bash);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("## Policies: wrong in validate\n", bash.Read("report.md"), StringComparison.Ordinal);
        Assert.Contains("unknown field", bash.Read("report.md"), StringComparison.Ordinal);
        Assert.DoesNotContain("### Cases", bash.Read("report.md"), StringComparison.Ordinal);
        Assert.Equal("validate after --format markdown\n", bash.Read("calls"));
    }

    [Theory]
    [InlineData("test", 1, 1)]
    [InlineData("plan", 1, 1)]
    [InlineData("plan", 139, 1)]
    [InlineData("plan", 3, 0)]
    [InlineData("lint", 1, 0)]
    [InlineData("plan-before", 1, 0)]
    public async Task What_is_wrong_makes_it_red_and_what_is_only_told_does_not(string verb, int code, int expected)
    {
        using var bash = Ready().Write($"answers/{verb}.code", $"{code}").Write($"answers/{verb}", "said so");
        var run = await ReviewAsync(bash);

        Assert.Equal(expected, run.ExitCode);
        Assert.StartsWith(expected == 0 ? "## Policies: nothing is wrong" : $"## Policies: wrong in {verb}", bash.Read("report.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recorded_loads_are_replayed_each_by_its_workload()
    {
        using var bash = Ready().Write("loads/web-shop.csv", "").Write("loads/reports.csv", "").Write("answers/backtest", "replayed").With("TRACES", "loads");
        Assert.Equal(0, (await ReviewAsync(bash)).ExitCode);

        var asked = bash.Read("calls").Split('\n').Where(call => call.StartsWith("backtest", StringComparison.Ordinal));
        Assert.Equal(["backtest --policies after --workload reports --trace loads/reports.csv --format markdown", "backtest --policies after --workload web-shop --trace loads/web-shop.csv --format markdown"], asked);
        InOrder(bash.Read("report.md"), "### Rehearsed: reports", "### Rehearsed: web-shop");
    }

    [Fact]
    public async Task A_note_does_not_get_out_of_its_fence()
    {
        using var bash = Ready().Write("answers/plan.notes", "~~~~~~~~~~\n# not a heading of ours");
        Assert.Equal(0, (await ReviewAsync(bash)).ExitCode);
        Assert.Equal(0, bash.Read("report.md").Split('\n').Count(line => line.StartsWith("~~~~~~~~~~", StringComparison.Ordinal)) % 2);
        Assert.Contains("\n ~~~~~~~~~~\n# not a heading", bash.Read("report.md"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan", 0, 0)]
    [InlineData("plan", 2, 0)]
    [InlineData("plan", 3, 0)]
    [InlineData("plan", 1, 1)]
    [InlineData("rightsize", 3, 0)]
    [InlineData("rightsize", 2, 1)]
    [InlineData("rightsize", 1, 1)]
    public async Task The_real_estate_is_only_read(string verb, int code, int expected)
    {
        using var bash = Ready().Write("answers/plan", "| web | 6 → 9 |").Write("answers/rightsize", "| web | D4 → D2 |").Write($"answers/{verb}.code", $"{code}");
        Assert.Equal(expected, (await bash.ScriptAsync("review-estate", bash.At("programs/program"), "after", "report.md")).ExitCode);
        Assert.Equal("plan --azure --policies after --format markdown\nrightsize --azure --policies after --format markdown\n", bash.Read("calls"));
        InOrder(bash.Read("report.md"), "would change now", "6 → 9", "Sizes", "D4 → D2");
    }

    [Theory]
    [InlineData("the report\n", "the report\n")]
    [InlineData("", "## Policies: nothing could be judged, see the log\n")]
    public async Task The_summary_has_the_report_or_says_that_there_is_none(string report, string expected)
    {
        using var bash = new Bash().Write("report.md", report);
        Assert.Equal(0, (await bash.With("GITHUB_STEP_SUMMARY", bash.At("summary")).StepAsync("policies.yml", "review", "Summary")).ExitCode);
        Assert.Equal(expected, bash.Read("summary"));
    }

    /// <summary>The policies of this repository, and the same with one field that is none.</summary>
    [Fact]
    public async Task The_program_itself_judges_the_policies_of_the_repository()
    {
        var program = Built();
        Assert.SkipUnless(program is not null, "the program is not built; tests/run builds everything first");
        using var bash = new Bash();
        var sound = await bash.ScriptAsync("review-policies", program, Repository.Folder("policies"), "report.md", Repository.Folder("policies"));
        Assert.True(sound.ExitCode == 0, sound.Errors + bash.Read("report.md"));
        InOrder(bash.Read("report.md"), "## Policies: nothing is wrong", "### Cases", "| passed", "### What would change now", "Nothing, on that estate.", "### Rehearsed: simulated", "policies");

        foreach (var file in Directory.GetFiles(Repository.Folder("policies"), "*.yml"))
        {
            bash.Write($"broken/{Path.GetFileName(file)}", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }

        bash.Write("broken/workloads.yml", bash.Read("broken/workloads.yml").Replace("spec:", "spec:\n  colour: blue", StringComparison.Ordinal));
        var broken = await bash.ScriptAsync("review-policies", program, "broken", "report.md", Repository.Folder("policies"));
        Assert.Equal(1, broken.ExitCode);
        Assert.StartsWith("## Policies: wrong in validate", bash.Read("report.md"), StringComparison.Ordinal);
        Assert.Contains("colour", bash.Read("report.md"), StringComparison.Ordinal);
    }

    /// <summary>The newest program there is: that of the solution's build, or one file as it is shipped.</summary>
    private static string? Built() =>
        new[] { Repository.Folder("functions", "App", "bin", "Debug", "net10.0", "ScaleFunctions"), Repository.Folder("artifacts", "binaries", "linux-x64", "ScaleFunctions") }
            .Where(File.Exists).MaxBy(File.GetLastWriteTimeUtc);

    private static Bash Ready()
    {
        var bash = new Bash().Program("program", Program).Write("after/a.yml", "").Write("before/a.yml", "");
        return bash.With("CALLS", bash.At("calls")).With("ANSWERS", bash.At("answers"));
    }

    private static Task<BashRun> ReviewAsync(Bash bash) => bash.ScriptAsync("review-policies", bash.At("programs/program"), "after", "report.md", "before");

    private static void InOrder(string text, params string[] parts)
    {
        var place = 0;
        Assert.All(parts, part =>
        {
            place = text.IndexOf(part, place, StringComparison.Ordinal);
            Assert.True(place >= 0, $"{part} is not where it belongs in:\n{text}");
            place += part.Length;
        });
    }
}
