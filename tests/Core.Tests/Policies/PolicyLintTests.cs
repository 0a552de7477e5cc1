using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class PolicyLintTests
{
    [Fact]
    public void Has_nothing_to_say_of_good_policies() => Assert.Empty(Findings(PolicyTexts.All));

    [Theory]
    [InlineData("out: 10%", "out: 2%", "27:52 flapping-margin: after scaling in, instances run at up to 60, and 61.2 scales out again: a rise by 2 % turns it round; use 5% or more")]
    [InlineData("tolerance: { out: 10%, in: 5% }", "tolerance: 0%", "27:45 flapping-margin: after scaling in, instances run at up to 60, and 60 scales out again: a rise by 0 % turns it round; use 5% or more")]
    [InlineData("maximumAge: 8m", "maximumAge: 3m", "25:68 always-stale: Azure delivers samples 2 to 3 minutes late, so with 3m 'cpu' will often count as stale and nothing will scale in; use 5m or more")]
    [InlineData("minimum: 3, maximum: 40, whenBlind: 8", "minimum: 8, maximum: 8, whenBlind: 8", "15:37 fixed-count: minimum and maximum are both 8, so the load changes nothing")]
    [InlineData("atMost: { percent: 100, instances: 10, choose: larger, per: 1m }", "atMost: { instances: 1, per: 5m }", "15:37 unreachable-maximum: with 'cpu' at 100, the most it can show, it takes 185 minutes to get from 3 to 40 instances; lower the target, let scaleOut.atMost be larger, or raise the minimum")]
    [InlineData("minimum: 3, maximum: 40", "minimum: 3, maximum: 41", null)]
    [InlineData("  targetTracking:", "    - { name: spare, metric: Requests }\n  targetTracking:", "26:15 unused-signal: nothing uses the signal 'spare'; remove it, or track it")]
    public void Finds_what_is_probably_not_meant(string right, string wrong, string? finding)
    {
        Assert.Contains(right, PolicyTexts.All, StringComparison.Ordinal);
        Assert.Equal(finding is null ? [] : [finding], Findings(PolicyTexts.All.Replace(right, wrong)));
    }

    [Theory]
    [InlineData("{ signal: cpu, above: 80, add: 2 }, { signal: cpu, below: 50, remove: 2 }",
        "28:70 flapping-margin: at 50 on 5 instances, removing 2 leaves 83.33 on 3, where a step out begins at 80; the planner will hold it back: lower 'below' or remove fewer")]
    [InlineData("{ signal: cpu, above: 80, add: 2 }, { signal: cpu, below: 40, remove: 2 }", null)]
    public void Finds_steps_that_undo_each_other(string steps, string? finding) =>
        Assert.Equal(finding is null ? [] : [finding], Findings(PolicyTexts.All.TrimEnd() + $"\n  steps: [ {steps} ]\n"));

    [Fact]
    public void Finds_steps_that_only_add() => Assert.Contains(
        "missing-scale-in: every step adds instances and none removes them; add one with 'below' and 'remove'",
        Findings(PolicyTexts.All.Split("  targetTracking:")[0] + "  steps: [ { signal: cpu, above: 80, add: 2 } ]\n").Select(finding => finding.Split(' ', 2)[1]));

    [Fact]
    public void Finds_a_workload_that_nothing_ever_scales_in() => Assert.Equal(
        ["14:13 missing-scale-in: no LoadBasedScaling follows the load of 'web-shop', so nothing ever scales it in, not even after a floor; add one, or say 'follow: schedule'"],
        Findings(PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.Horizontal)));

    [Fact]
    public void Has_nothing_to_say_of_the_policies_of_the_repository() => Assert.Empty(PolicyLint.Check(PolicyReader.Read(
        [.. Directory.GetFiles(Path.Combine(PolicyReaderTests.RepositoryRoot(), "policies"), "*.yml").Select(file => new PolicyFile(file, File.ReadAllBytes(file)))])));

    [Theory]
    [InlineData("{ name: x, queue: { account: orders, name: incoming } }", null)]
    [InlineData("{ name: x, query: requests | count, workspace: logs }", null)]
    [InlineData("{ name: x, metric: Memory, aggregation: minimum }", "idlest-instance: the minimum shows the idlest instance alone, so the load of the others is hidden from the target of 'x'; use average or maximum")]
    [InlineData("{ name: x, metric: Memory, missingData: { behavior: currentInstancesIfLower, instances: 6 } }", "fallback-never-lowers: what cannot be read never lowers, so for 'x' currentInstancesIfLower is the same as hold")]
    [InlineData("{ name: x, metric: Memory, missingData: { instances: 3 } }", "fallback-without-effect: 3 instances run at any time, because the minimum is 3; while 'x' cannot be read that raises nothing")]
    [InlineData("{ name: x, metric: Memory, missingData: { instances: 41 } }", "fallback-above-maximum: while 'x' cannot be read 41 instances are wanted, but the maximum is 40")]
    [InlineData("{ name: x, metric: Memory, missingData: { instances: 8 } }", null)]
    [InlineData("{ name: x, formula: cpu * 2 }", null)]
    public void Finds_what_is_probably_not_meant_of_signals(string signal, string? finding)
    {
        var text = PolicyTexts.All.Replace("  targetTracking:", $"    - {signal}\n  targetTracking:\n    - {{ signal: x, target: 50 }}");

        Assert.Equal(finding is null ? [] : [finding], Findings(text).Select(each => each.Split(' ', 2)[1]));
    }

    [Theory]
    [InlineData("", "zero-is-usual: 'errors' forbids scaling in, and after it was above zero an exact zero counts as a broken source for an hour; where zero is what it usually is, as of errors, add 'zero: usual'")]
    [InlineData(", zero: usual", null)]
    public void Finds_a_veto_that_takes_every_quiet_minute_for_a_fault(string zero, string? finding) => Assert.Equal(
        finding is null ? [] : [finding],
        Findings(PolicyTexts.All.TrimEnd().Replace("  targetTracking:", $"    - {{ name: errors, metric: Http5xx, aggregation: total{zero} }}\n  targetTracking:")
            + "\n  veto: [ { signal: errors, above: 5 } ]\n").Select(each => each.Split(' ', 2)[1]));

    /// <summary>A signal that only a formula uses is used.</summary>
    [Fact]
    public void A_signal_of_a_formula_is_not_unused() => Assert.Empty(Findings(PolicyTexts.All.Replace(
        "  targetTracking:", "    - { name: memory, metric: Memory }\n    - { name: both, formula: \"max(cpu, memory)\" }\n  targetTracking:\n    - { signal: both, target: 50 }")));

    private static List<string> Findings(string text)
    {
        var policies = PolicyTexts.Read(text);

        Assert.Empty(policies.Errors);
        return [.. PolicyLint.Check(policies).Select(finding => $"{finding.Source.Line}:{finding.Source.Column} {finding.Rule}: {finding.Message}")];
    }
}
