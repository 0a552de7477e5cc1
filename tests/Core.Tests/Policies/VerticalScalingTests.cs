using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class VerticalScalingTests
{
    private const string Ladder = "sizes: [Standard_D2s_v5, Standard_D4s_v5, Standard_D8s_v5]";

    [Fact]
    public void It_only_recommends_and_keeps_the_only_instance_unless_told_otherwise()
    {
        var policy = Read(Ladder);

        Assert.Equal((SizeMode.Recommend, false, null, TimeSpan.FromDays(1)), (policy.Mode, policy.MayInterrupt, policy.Window, policy.Rest));
        Assert.Equal((SizeThresholds.DefaultUp, SizeThresholds.DefaultDown, RollOutTerms.Default), (policy.Up, policy.Down, policy.RollOut));
        Assert.Equal(1, policy.StepOf("standard_d4s_V5"));
        Assert.Null(policy.StepOf("Standard_E4s_v5"));
    }

    [Fact]
    public void Every_value_is_read()
    {
        var policy = Read(
            Ladder, "mode: act", "up: { cpu: { above: 75, for: 30m }, memory: { above: 85 } }", "down: { cpu: { for: 12h }, memory: { below: 40, for: 6h } }",
            "window: { when: Mon-Fri 01:00-05:00, timeZone: Europe/Zurich, holds: down }", "rollOut: { batch: 10%, pause: 3m, watch: 1h }",
            "onlyInstance: mayRestart", "rest: 12h",
            "guard: { signals: [ { name: failed, metric: Http5xx, aggregation: total, zero: usual, resource: /subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Web/sites/shop, region: northeurope }, "
            + "{ name: all, metric: Requests, aggregation: total }, { name: errors, formula: 100 * failed / all, measures: perInstance } ], breachedWhen: [ { signal: errors, above: 1 }, { signal: all, below: 0.5 } ] }");

        Assert.Equal(new SizeThresholds(new SizeThreshold(75, Some.Minutes(30)), new SizeThreshold(85, Some.Minutes(15))), policy.Up);
        Assert.Equal(new SizeThresholds(new SizeThreshold(30, TimeSpan.FromHours(12)), new SizeThreshold(40, TimeSpan.FromHours(6))), policy.Down);
        Assert.Equal(new RollOutTerms(0.1, Some.Minutes(3), TimeSpan.FromHours(1)), policy.RollOut);
        Assert.Equal((SizeMode.Act, true, TimeSpan.FromHours(12), false), (policy.Mode, policy.MayInterrupt, policy.Rest, policy.Window!.HoldsUp));
        Assert.Equal("Europe/Zurich", policy.Window.When.Zone.Id);
        Assert.Equal([new GuardBound("errors", 1, null), new GuardBound("all", null, 0.5)], policy.Guard!.Bounds);
        var signals = policy.Guard.Signals.Select(signal => signal.ToSignal()).ToList();
        Assert.Equal(["failed", "all", "errors"], signals.Select(signal => signal.Name));
        Assert.Equal(("northeurope", true), (Assert.IsType<SignalSource.Metric>(signals[0].From).Region, signals[0].IsZeroUsual));
        Assert.Equal("100 * failed / all", Assert.IsType<SignalSource.Calculated>(signals[2].From).Text);
    }

    /// <summary>By processors, then by memory; another family and what Azure says nothing of are not on it, and of two alike the first is.</summary>
    [Fact]
    public void A_family_is_the_ladder_of_what_there_is()
    {
        var policy = Read("family: standardDSv5Family");
        Assert.Equal(("standardDSv5Family", 0), (policy.Family, policy.Sizes.Count));

        var offers = new[] { Offer("D8s", 8, 32), Offer("D2s", 2, 8), Offer("D4s-2", 2, 16), Offer("D2s_other", 2, 8), Offer("D16s", 16, null), Offer("E4s", 4, 32) with { Family = "standardESv5Family" } }
            .ToDictionary(offer => offer.Name, StringComparer.OrdinalIgnoreCase);

        Assert.Equal(["D2s", "D4s-2", "D8s"], policy.On(offers).Sizes);
        Assert.Empty(policy.On(new Dictionary<string, SizeOffer>()).Sizes);
        var listed = SomeSizes.Policy();
        Assert.Same(listed, listed.On(offers));

        static SizeOffer Offer(string name, int cores, double? memory) => new(name, "standardDSV5family", cores) { MemoryGiB = memory };
    }

    [Theory]
    [InlineData(Ladder + "\n  family: standardDSv5Family", "has both 'sizes' and 'family'")]
    [InlineData("rest: 2d", "needs 'sizes', the ladder with the smallest first, or 'family'")]
    [InlineData("sizes: [Standard_D2s_v5]", "'spec.sizes' needs at least 2 sizes")]
    [InlineData("sizes: [Standard_D2s_v5, standard_D2S_v5]", "'spec.sizes[1]' is 'standard_D2S_v5', which stands on the ladder already")]
    [InlineData("sizes: Standard_D2s_v5", "'spec.sizes' must be a list")]
    [InlineData(Ladder + "\n  up: { cpu: { above: 25 } }", "'spec.up' gives a size up below 30 percent of its cpu and asks for a bigger one above 25")]
    [InlineData(Ladder + "\n  down: { memory: { below: 95 } }", "'spec.down' gives a size up below 95 percent of its memory")]
    [InlineData(Ladder + "\n  up: { cpu: { above: 100 } }", "'spec.up.cpu.above' must be more than 0 and at most 99")]
    [InlineData(Ladder + "\n  down: { cpu: { for: 5m } }", "'spec.down.cpu.for' must be from 10m to")]
    [InlineData(Ladder + "\n  down: { cpu: { for: 3d } }", "'spec.down.cpu.for' must be from 10m to 2d")]
    [InlineData(Ladder + "\n  down: { cpu: { above: 20 } }", "above")]
    [InlineData(Ladder + "\n  window: { when: 2026-11-27T00:00/2026-11-30T23:59 }", "'spec.window.when' is one span of time")]
    [InlineData(Ladder + "\n  rollOut: { batch: 0 }", "'spec.rollOut.batch' must be more than 0")]
    [InlineData(Ladder + "\n  rest: 10m", "'spec.rest' must be from 1h")]
    [InlineData(Ladder + "\n  guard: { signals: [ { name: cpu, metric: Percentage CPU } ], breachedWhen: [ { signal: cpq, above: 90 } ] }", "'spec.guard.breachedWhen[0].signal' names the signal 'cpq', which the guard's 'signals' do not define; did you mean 'cpu'?")]
    [InlineData(Ladder + "\n  guard: { signals: [ { name: cpu, metric: Percentage CPU } ], breachedWhen: [ { signal: cpu } ] }", "'spec.guard.breachedWhen[0]' needs either 'above' or 'below'")]
    [InlineData(Ladder + "\n  guard: { signals: [ { name: cpu, metric: Percentage CPU } ], breachedWhen: [ { signal: cpu, above: 90, below: 5 } ] }", "needs either 'above' or 'below'")]
    [InlineData(Ladder + "\n  guard: { signals: [ { name: waiting, queue: { account: shopstore, name: orders } } ], breachedWhen: [ { signal: waiting, above: 90 } ] }", "'spec.guard.signals[0]' has no past")]
    [InlineData(Ladder + "\n  mode: observe", "'spec.mode' must be")]
    public void What_cannot_be_meant_is_refused_with_its_place(string fields, string message)
    {
        var policies = PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.Horizontal, Vertical(fields)));

        Assert.Empty(policies.VerticalScaling);
        var error = Assert.Single(policies.Errors);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.True(error.Source.Line > 20);
        Assert.Single(policies.HorizontalScaling);
    }

    [Fact]
    public void It_needs_bounds_and_there_is_one_for_a_workload()
    {
        Assert.Contains("has no HorizontalScaling policy", Assert.Single(PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, Vertical(Ladder))).Errors).Message, StringComparison.Ordinal);
        var twice = PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.Horizontal, Vertical(Ladder), Vertical(Ladder).Replace("name: vertical", "name: other", StringComparison.Ordinal)));
        Assert.Empty(twice.VerticalScaling);
        Assert.Equal(2, twice.Errors.Count);
    }

    [Fact]
    public void A_policy_extends_a_base_of_its_kind()
    {
        var basis = Vertical("rest: 12h", Ladder).Replace("name: vertical", "name: basis", StringComparison.Ordinal).Replace("  workload: web-shop\n", "", StringComparison.Ordinal);
        var policies = PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.Horizontal, basis, Vertical("extends: basis", "mode: act")));

        Assert.Empty(policies.Errors);
        var policy = Assert.Single(policies.VerticalScaling);
        Assert.Equal((TimeSpan.FromHours(12), SizeMode.Act, 3), (policy.Rest, policy.Mode, policy.Sizes.Count));
    }

    [Fact]
    public void Acting_without_a_guard_is_told()
    {
        var finding = Assert.Single(PolicyLint.Check(Set(Ladder, "mode: act")), finding => finding.Rule == "act-without-guard");

        Assert.Contains("sizes are only recommended", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(PolicyLint.Check(Set(Ladder)), finding => finding.Rule == "act-without-guard");
    }

    [Fact]
    public void Guardrails_that_allow_no_such_policy_are_followed()
    {
        var policies = PolicyTexts.Read(PolicyTexts.Join(
            PolicyTexts.Workload, PolicyTexts.Horizontal, Vertical(Ladder),
            "apiVersion: scalefunctions/v1\nkind: Guardrails\nmetadata: { name: platform }\nspec: { kinds: [HorizontalScaling] }\n"));

        Assert.Empty(policies.VerticalScaling);
        Assert.Contains("no VerticalScaling policy", Assert.Single(policies.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_tells_every_value_and_its_place()
    {
        var policies = Set(Ladder, "down: { cpu: { below: 20 } }", "window: { when: 01:00-05:00 }");
        var resolved = Assert.IsType<TargetPolicies.Resolved>(policies.For(PolicyTexts.Target(("app", "shop"), ("env", "prod"))));
        var values = EffectivePolicies.Of(resolved).Where(value => value.Kind == "VerticalScaling").ToList();

        Assert.Equal(
            [
                "spec.mode = recommend", "spec.sizes = Standard_D2s_v5, Standard_D4s_v5, Standard_D8s_v5", "spec.up.cpu.above = 80", "spec.up.cpu.for = 1h",
                "spec.up.memory.above = 90", "spec.up.memory.for = 15m", "spec.down.cpu.below = 20", "spec.down.cpu.for = 1d", "spec.down.memory.below = 50",
                "spec.down.memory.for = 1d", "spec.window = 01:00-05:00 UTC, both directions", "spec.rollOut.batch = 20%", "spec.rollOut.pause = 5m",
                "spec.rollOut.watch = 30m", "spec.guard = none", "spec.onlyInstance = keep", "spec.rest = 1d",
            ],
            values.Select(value => $"{value.Path} = {value.Value}"));
        Assert.NotNull(values.Single(value => value.Path == "spec.sizes").Origin);
        Assert.NotNull(values.Single(value => value.Path == "spec.down.cpu.below").Origin);
        Assert.Null(values.Single(value => value.Path == "spec.rest").Origin);
    }

    private static VerticalScalingPolicy Read(params string[] fields) => Assert.Single(Set(fields).VerticalScaling);

    private static PolicySet Set(params string[] fields)
    {
        var policies = PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.Horizontal, Vertical(fields)));
        Assert.Empty(policies.Errors);
        return policies;
    }

    private static string Vertical(params string[] fields) =>
        $"apiVersion: scalefunctions/v1\nkind: VerticalScaling\nmetadata: {{ name: vertical }}\nspec:\n  workload: web-shop\n{string.Concat(fields.Select(field => $"  {field}\n"))}";
}
