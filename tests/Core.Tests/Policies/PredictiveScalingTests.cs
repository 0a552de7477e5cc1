using System.Text;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class PredictiveScalingTests
{
    [Theory]
    [InlineData("", "balanced", 0.9)]
    [InlineData("risk: strict", "strict", 0.98)]
    [InlineData("risk: thrifty", "thrifty", 0.75)]
    [InlineData("risk: { quantile: 0.95 }", "0.95", 0.95)]
    [InlineData("risk: { minutesShortPerMonth: 438.3 }", "438.3 minutes short a month", 0.99)]
    [InlineData("risk: { minutesShortPerMonth: 0.001 }", "0.001 minutes short a month", 0.999)]
    public void A_risk_is_a_word_a_quantile_or_minutes_of_a_month(string risk, string text, double quantile)
    {
        var policy = Read(risk);

        Assert.Equal(text, policy.Risk.Text);
        Assert.Equal(quantile, policy.Risk.Quantile, 9);
    }

    [Fact]
    public void It_only_watches_and_measures_its_lead_unless_told_otherwise()
    {
        var policy = Read("");

        Assert.Equal((PredictiveMode.ForecastOnly, null, null, null), (policy.Mode, policy.Lead, policy.Signal, policy.RaisedMaximum));
        Assert.Equal(Some.Minutes(6), Read("lead: 6m").Lead);
        Assert.Null(Read("lead: measured").Lead);
    }

    [Fact]
    public void A_preset_gives_its_risk_and_a_policy_goes_before_it()
    {
        Assert.Equal("strict", Read("extends: presets/strict").Risk.Text);
        Assert.Equal("0.8", Read("extends: presets/strict", "risk: { quantile: 0.8 }").Risk.Text);
    }

    [Fact]
    public void Days_off_begin_by_the_clock_of_their_zone()
    {
        const string calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20260501\r\nSUMMARY:May Day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        var text = PolicyTexts.Join(
            PolicyTexts.Workload, PolicyTexts.Horizontal, PolicyTexts.LoadBased, Predictive("exceptOn: calendars/ch.ics", "timeZone: Europe/Zurich"));
        var policies = PolicyReader.Read([
            new PolicyFile("policies/p.yml", Encoding.UTF8.GetBytes(text)), new PolicyFile("policies/calendars/ch.ics", Encoding.UTF8.GetBytes(calendar))]);

        Assert.Empty(policies.Errors);
        var days = Assert.Single(policies.PredictiveScaling).DaysOff;
        Assert.True(days.Contains(new DateTimeOffset(2026, 4, 30, 22, 0, 0, TimeSpan.Zero)));
        Assert.False(days.Contains(new DateTimeOffset(2026, 4, 30, 21, 59, 0, TimeSpan.Zero)));
        Assert.False(days.Contains(new DateTimeOffset(2026, 5, 1, 22, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void Explain_tells_every_value_and_its_place()
    {
        var policies = Set("mode: act", "risk: { quantile: 0.95 }", "raiseMaximumTo: 60");
        var resolved = Assert.IsType<TargetPolicies.Resolved>(policies.For(PolicyTexts.Target(("app", "shop"), ("env", "prod"))));

        Assert.Equal(
            [
                "spec.mode = act", "spec.signal = cpu", "spec.risk = 0.95: carries the load in 95 of 100 cases", "spec.lead = measured", "spec.exceptOn = none", "spec.raiseMaximumTo = 60",
            ],
            EffectivePolicies.Of(resolved).Where(value => value.Kind == "PredictiveScaling").Select(value => $"{value.Path} = {value.Value}"));
    }

    [Fact]
    public void Guardrails_narrow_the_raised_maximum()
    {
        var policies = PolicyTexts.Read(PolicyTexts.Join(
            PolicyTexts.Workload, PolicyTexts.Horizontal, PolicyTexts.LoadBased, Predictive("raiseMaximumTo: 60"),
            "apiVersion: scalefunctions/v1\nkind: Guardrails\nmetadata: { name: platform }\nspec: { maximumInstances: 50 }\n"));

        Assert.Equal(50, Assert.Single(policies.PredictiveScaling).RaisedMaximum);
        Assert.Contains("'spec.raiseMaximumTo' is 60, narrowed to 50", Assert.Single(policies.Narrowings).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Guardrails_that_allow_no_such_policy_are_followed()
    {
        var policies = PolicyTexts.Read(PolicyTexts.Join(
            PolicyTexts.Workload, PolicyTexts.Horizontal, PolicyTexts.LoadBased, Predictive("mode: act"),
            "apiVersion: scalefunctions/v1\nkind: Guardrails\nmetadata: { name: platform }\nspec: { kinds: [HorizontalScaling, LoadBasedScaling] }\n"));

        Assert.Empty(policies.PredictiveScaling);
        Assert.Contains("no PredictiveScaling policy", Assert.Single(policies.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lint_tells_of_a_maximum_that_is_not_raised() =>
        Assert.Equal("raise-without-effect", Assert.Single(PolicyLint.Check(Set("raiseMaximumTo: 40")), finding => finding.Source.Line > 30).Rule);

    [Fact]
    public void A_load_that_only_steps_follow_asks_for_no_count()
    {
        var steps = PolicyTexts.LoadBased[..PolicyTexts.LoadBased.IndexOf("  targetTracking", StringComparison.Ordinal)]
            + "  steps: [ { signal: cpu, above: 80, add: 1 } ]\n";
        var policies = PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.Horizontal, steps, Predictive("mode: act")));

        Assert.Empty(policies.PredictiveScaling);
        Assert.Contains("has no 'targetTracking'", Assert.Single(policies.Errors).Message, StringComparison.Ordinal);
    }

    private static PredictiveScalingPolicy Read(params string[] fields) => Assert.Single(Set(fields).PredictiveScaling);

    private static PolicySet Set(params string[] fields)
    {
        var policies = PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.Horizontal, PolicyTexts.LoadBased, Predictive(fields)));
        Assert.Empty(policies.Errors);
        return policies;
    }

    private static string Predictive(params string[] fields) =>
        $"apiVersion: scalefunctions/v1\nkind: PredictiveScaling\nmetadata: {{ name: predictive }}\nspec:\n  workload: web-shop\n{string.Concat(fields.Where(field => field.Length > 0).Select(field => $"  {field}\n"))}";
}
