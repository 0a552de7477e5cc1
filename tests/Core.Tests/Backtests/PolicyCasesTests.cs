using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Policies;

namespace ScaleFunctions.Core.Tests.Backtests;

public sealed class PolicyCasesTests
{
    private const string Test =
        """
        apiVersion: scalefunctions/v1
        kind: PolicyTest
        metadata: { name: shop }
        spec:
          given: { target: { name: web, tags: { app: shop, env: prod } }, instances: 6 }
          cases:
            - name: case
              when: { at: "2026-11-24T22:00", for: 10m, signals: { cpu: 30 } }
              then: { instances: 4, outcome: scale-in, because: "the load fits 3 instances" }

        """;

    [Fact]
    public void A_case_that_comes_out_as_expected_passes()
    {
        var result = Play(Test);

        Assert.True(result.IsPassed);
        Assert.Equal(("shop", "case", "6 → 4, scale-in"), (result.Test, result.Case, result.Actual));
        Assert.Equal(new PolicySource("t.yml", 7, 7), result.Source);
    }

    [Theory]
    [InlineData("instances: 4", "instances: 5", "expected 5 instances, got 4")]
    [InlineData("outcome: scale-in", "outcome: held", "expected held, got scale-in")]
    [InlineData("outcome: scale-in", "heldBy: RateGuard", "expected to be held by RateGuard, got scale-in")]
    [InlineData("the load fits 3 instances", "the load fits 9 instances", "expected a reason with 'the load fits 9 instances'")]
    [InlineData("cpu: 30", "memory: 30", "the policies of 'web-shop' have no signal 'memory'")]
    [InlineData("app: shop", "app: desk", "no policy applies: no workload selects it")]
    public void A_case_that_comes_out_otherwise_says_how(string right, string wrong, string difference) =>
        Assert.Equal([difference], Play(Test.Replace(right, wrong)).Differences);

    [Theory]
    [InlineData("signals: { cpu: 90 }", "6 → 9, scale-out")]
    [InlineData("for: 3m, signals: { cpu: 30 }", "6 → 6, unchanged")]
    [InlineData("for: 10m, signals: { cpu: missing }", "6 → 8, scale-out")]
    [InlineData("for: 10m, signals: { cpu: stale }", "6 → 8, scale-out")]
    [InlineData("for: 10m, signals: { cpu: suspiciousZero }", "6 → 8, scale-out")]
    [InlineData("for: 2h, signals: { cpu: 0 }", "6 → 4, scale-in")]
    public void Signals_are_as_the_case_says(string when, string actual) =>
        Assert.Equal(actual, Play(Test.Replace("for: 10m, signals: { cpu: 30 }", when)).Actual);

    [Theory]
    [InlineData("given: { changes: [{ ago: 2m, from: 8, to: 6 }] }", "6 → 6, held by CooldownGuard")]
    [InlineData("given: { paused: true }", "6 → 6, held by StopGuard")]
    [InlineData("given: { instances: 2 }", "2 → 3, scale-out")]
    public void A_case_changes_what_all_begin_with(string given, string actual) =>
        Assert.Equal(actual, Play(Test.Replace("    - name: case", $"    - name: case\n      {given}")).Actual);

    /// <summary>As a tick knows it: of samples without a count, those within a settling time of a change may be of more instances.</summary>
    [Theory]
    [InlineData("vmss", "6 → 4")]
    [InlineData("plan", "6 → 6")]
    public void Samples_tell_how_many_instances_they_stand_for_only_where_Azure_counts_them(string type, string actual)
    {
        var policies = Read(
            Test.Replace("name: web,", $"type: {type}, name: web,").Replace("    - name: case", "    - name: case\n      given: { changes: [{ ago: 6m, from: 8, to: 6 }] }"),
            PolicyTexts.All.Replace("type: vmss", $"type: {type}"));
        Assert.Empty(policies.Errors);

        Assert.StartsWith(actual, Assert.Single(PolicyCases.Play(policies)).Actual, StringComparison.Ordinal);
    }

    [Fact]
    public void An_observing_workload_is_tested_as_if_it_acted()
    {
        var policies = Read(Test, PolicyTexts.All.Replace("mode: act", "mode: observe"));

        Assert.True(Assert.Single(PolicyCases.Play(policies)).IsPassed);
    }

    [Theory]
    [InlineData("then: { instances: 4, outcome: scale-in, because: \"the load fits 3 instances\" }", "then: {}", "9:13: 'spec.cases[0].then' expects nothing, so the case cannot fail; give at least one of instances, outcome, heldBy, because")]
    [InlineData("outcome: scale-in", "outcome: grow", "9:38: 'spec.cases[0].then.outcome' must be one of scale-out, scale-in, unchanged, held, but is 'grow'")]
    [InlineData("cpu: 30", "cpu: high", "8:65: 'spec.cases[0].when.signals.cpu' must be a number of at least 0 or 'missing', 'stale', 'suspiciousZero', but is 'high'")]
    [InlineData("for: 10m", "for: 2d", "8:44: 'spec.cases[0].when.for' must be at most 1d, but is '2d'")]
    [InlineData(", instances: 6", "", "5:10: 'spec.given' lacks the required field 'instances'")]
    [InlineData("  given: { target: { name: web, tags: { app: shop, env: prod } }, instances: 6 }\n", "", "6:7: 'spec.cases[0]' says nothing of the target; give 'given' here or in 'spec'")]
    [InlineData("name: web", "name: \"a/b\"", "a target with names that Azure would accept")]
    [InlineData("2026-11-24T22:00", "tomorrow", "8:19: 'spec.cases[0].when.at' must be a date and time such as 2026-11-28T12:00, but is the quoted text 'tomorrow'")]
    [InlineData("2026-11-24T22:00", "0001-01-01T00:00", "8:19: 'spec.cases[0].when.at' must be a date and time such as 2026-11-28T12:00, but is the quoted text '0001-01-01T00:00'")]
    public void Says_what_is_wrong_with_a_case(string right, string wrong, string error)
    {
        var policies = Read(Test.Replace(right, wrong));

        Assert.Empty(policies.Tests);
        Assert.Contains(policies.Errors, each => $"{each.Source.Line}:{each.Source.Column}: {each.Message}".EndsWith(error, StringComparison.Ordinal) || each.Message.Contains(error, StringComparison.Ordinal));
        Assert.Single(policies.LoadBasedScaling);
    }

    private static PolicyCaseResult Play(string test)
    {
        var policies = Read(test);
        Assert.Empty(policies.Errors);
        return Assert.Single(PolicyCases.Play(policies));
    }

    private static PolicySet Read(string test, string? policies = null) =>
        PolicyTexts.Read(("p.yml", policies ?? PolicyTexts.All), ("t.yml", test));
}
