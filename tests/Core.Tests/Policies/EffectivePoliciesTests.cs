using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class EffectivePoliciesTests
{
    [Fact]
    public void Lists_every_value_with_the_place_it_was_written()
    {
        var text = PolicyTexts.Join(
            PolicyTexts.Workload,
            PolicyTexts.Horizontal.Replace("  instances", "  extends: presets/strict\n  instances")
                .Replace("  scaleIn: { stabilization: 5m, cooldown: 5m, atMost: { instances: 2, per: 1m } }", "  scaleIn: { cooldown: 1m30s }")
                .Replace("  scaleOut: { stabilization: 0s, cooldown: 0s, atMost: { percent: 100, instances: 10, choose: larger, per: 1m } }\n", "\n"),
            PolicyTexts.LoadBased.Replace(", maximumAge: 8m", "").Replace("{ out: 10%, in: 5% }", "12.5%"));
        var policies = PolicyTexts.Read(text);

        Assert.Empty(policies.Errors);
        var resolved = Assert.IsType<TargetPolicies.Resolved>(policies.For(PolicyTexts.Target(("app", "shop"), ("env", "prod"))));

        Assert.Equal(
            """
            Workload web-shop spec.mode = act (p.yml:8:9)
            Workload web-shop spec.actuator = auto (default)
            HorizontalScaling horizontal-scaling spec.instances.minimum = 3 (p.yml:16:25)
            HorizontalScaling horizontal-scaling spec.instances.maximum = 40 (p.yml:16:37)
            HorizontalScaling horizontal-scaling spec.instances.whenBlind = 8 (p.yml:16:52)
            HorizontalScaling horizontal-scaling spec.instances.follow = load (default)
            HorizontalScaling horizontal-scaling spec.instances.surviveLossOf = none (default)
            HorizontalScaling horizontal-scaling spec.warmUp = 0s (default)
            HorizontalScaling horizontal-scaling spec.maxActionsPerDay = none (default)
            HorizontalScaling horizontal-scaling spec.scaleOut.stabilization = 0s (built-in presets/strict.yml:10:20)
            HorizontalScaling horizontal-scaling spec.scaleOut.cooldown = 0s (built-in presets/strict.yml:11:15)
            HorizontalScaling horizontal-scaling spec.scaleOut.atMost.percent = 200 (built-in presets/strict.yml:12:24)
            HorizontalScaling horizontal-scaling spec.scaleOut.atMost.instances = 10 (built-in presets/strict.yml:12:40)
            HorizontalScaling horizontal-scaling spec.scaleOut.atMost.choose = larger (built-in presets/strict.yml:12:52)
            HorizontalScaling horizontal-scaling spec.scaleOut.atMost.per = 1m (built-in presets/strict.yml:12:65)
            HorizontalScaling horizontal-scaling spec.scaleIn.stabilization = 15m (built-in presets/strict.yml:15:20)
            HorizontalScaling horizontal-scaling spec.scaleIn.cooldown = 1m30s (p.yml:18:24)
            HorizontalScaling horizontal-scaling spec.scaleIn.atMost.percent = 5 (built-in presets/strict.yml:17:24)
            HorizontalScaling horizontal-scaling spec.scaleIn.atMost.instances = 1 (built-in presets/strict.yml:17:38)
            HorizontalScaling horizontal-scaling spec.scaleIn.atMost.choose = larger (built-in presets/strict.yml:17:49)
            HorizontalScaling horizontal-scaling spec.scaleIn.atMost.per = 5m (built-in presets/strict.yml:17:62)
            LoadBasedScaling load-based-scaling spec.signals[0].name = cpu (p.yml:26:15)
            LoadBasedScaling load-based-scaling spec.signals[0].metric = Percentage CPU (p.yml:26:28)
            LoadBasedScaling load-based-scaling spec.signals[0].aggregation = average (default)
            LoadBasedScaling load-based-scaling spec.signals[0].measures = perInstance (default)
            LoadBasedScaling load-based-scaling spec.signals[0].window = 3m (p.yml:26:52)
            LoadBasedScaling load-based-scaling spec.signals[0].maximumAge = 8m (default)
            LoadBasedScaling load-based-scaling spec.signals[0].zero = suspicious (default)
            LoadBasedScaling load-based-scaling spec.signals[0].saturatedAt = 98 (default)
            LoadBasedScaling load-based-scaling spec.signals[0].missingData = hold (default)
            LoadBasedScaling load-based-scaling spec.targetTracking[0].signal = cpu (p.yml:28:17)
            LoadBasedScaling load-based-scaling spec.targetTracking[0].target = 60 (p.yml:28:30)
            LoadBasedScaling load-based-scaling spec.targetTracking[0].tolerance.out = 12.5% (p.yml:28:45)
            LoadBasedScaling load-based-scaling spec.targetTracking[0].tolerance.in = 12.5% (p.yml:28:45)
            """,
            string.Join('\n', EffectivePolicies.Of(resolved).Select(value => $"{value.Kind} {value.Policy} {value.Path} = {value.Value} ({value.OriginText})")));
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(90, "1m30s")]
    [InlineData(93784, "1d2h3m4s")]
    public void Durations_are_written_as_policies_have_them(int seconds, string text) =>
        Assert.Equal(text, DurationText.Of(TimeSpan.FromSeconds(seconds)));
}
