namespace ScaleFunctions.Core.Tests.Policies;

/// <summary>One wrong value in an otherwise right file: the exact place and sentence.</summary>
public sealed class FieldRuleTests
{
    private const string Whole = "a whole number such as 3 (decimal digits, no leading zero, no quotes)";
    private const string Duration = "a duration such as 90s, 5m, 1h30m or 2d";

    [Theory]
    [InlineData("010", "'spec.instances.minimum' must be " + Whole + ", but is '010'")]
    [InlineData("0o10", "'spec.instances.minimum' must be " + Whole + ", but is '0o10'")]
    [InlineData("0x10", "'spec.instances.minimum' must be " + Whole + ", but is '0x10'")]
    [InlineData("1_0", "'spec.instances.minimum' must be " + Whole + ", but is '1_0'")]
    [InlineData("1e3", "'spec.instances.minimum' must be " + Whole + ", but is '1e3'")]
    [InlineData("+3", "'spec.instances.minimum' must be " + Whole + ", but is '+3'")]
    [InlineData("3.0", "'spec.instances.minimum' must be " + Whole + ", but is '3.0'")]
    [InlineData(".inf", "'spec.instances.minimum' must be " + Whole + ", but is '.inf'")]
    [InlineData(".nan", "'spec.instances.minimum' must be " + Whole + ", but is '.nan'")]
    [InlineData("three", "'spec.instances.minimum' must be " + Whole + ", but is 'three'")]
    [InlineData("true", "'spec.instances.minimum' must be " + Whole + ", but is 'true'")]
    [InlineData("\"3\"", "'spec.instances.minimum' must be " + Whole + ", but is the quoted text '3'")]
    [InlineData("[3]", "'spec.instances.minimum' must be " + Whole + ", but is a list")]
    [InlineData("{ a: 3 }", "'spec.instances.minimum' must be " + Whole + ", but is a group of fields")]
    [InlineData("-1", "'spec.instances.minimum' must be from 1 to 1000, but is '-1'")]
    [InlineData("99999999999", "'spec.instances.minimum' must be from 1 to 1000, but is '99999999999'")]
    [InlineData("0", "'spec.instances.minimum' is 0, but with no instance left there is no load to read and nothing would scale out again; use at least 1")]
    [InlineData("41", "'spec.instances.minimum' is 41, more than 'spec.instances.maximum', which is 40")]
    [InlineData("9", "'spec.instances.whenBlind' is 8, outside the bounds from 9 to 40", "6:52")]
    [InlineData("null", "'spec.instances.minimum' has no value; give one or remove the field")]
    [InlineData("~", "'spec.instances.minimum' has no value; give one or remove the field")]
    public void Refuses_a_minimum(string value, string message, string place = "6:25")
    {
        var text = PolicyTexts.Horizontal.Replace("minimum: 3", $"minimum: {value}");

        Assert.Equal([$"{place}: {message}"], OwnErrors(text));
    }

    [Theory]
    [InlineData("maximum: 40", "maximum: 1001", "6:37: 'spec.instances.maximum' must be from 1 to 1000, but is '1001'")]
    [InlineData("whenBlind: 8", "whenBlind: 2", "6:52: 'spec.instances.whenBlind' is 2, outside the bounds from 3 to 40")]
    [InlineData("whenBlind: 8", "whenBlind: 41", "6:52: 'spec.instances.whenBlind' is 41, outside the bounds from 3 to 40")]
    [InlineData("minimum: 3", "minimun: 3", "6:16: unknown field 'minimun' in 'spec.instances'; did you mean 'minimum'? (allowed: minimum, maximum, whenBlind, follow, surviveLossOf)", "6:14: 'spec.instances' lacks the required field 'minimum'")]
    [InlineData("maximum: 40, ", "", "6:14: 'spec.instances' lacks the required field 'maximum'")]
    [InlineData("{ minimum: 3, maximum: 40, whenBlind: 8 }", "3", "6:14: 'spec.instances' must be a group of fields (minimum, maximum, whenBlind, follow, surviveLossOf), but is '3'")]
    [InlineData("  workload: web-shop\n", "", "5:3: 'spec' lacks the required field 'workload'")]
    [InlineData("  workload: web-shop\n", "  workload: web-shop\n  floors: []\n", "6:11: 'spec.floors' is an empty list; give at least one item")]
    [InlineData("  workload: web-shop\n", "  workload: web-shop\n  extends: presets/balance\n", "6:12: 'spec.extends' names 'presets/balance', which is neither a preset nor the name of a HorizontalScaling policy; did you mean 'presets/balanced'? (presets: presets/balanced, presets/strict, presets/thrifty)")]
    [InlineData("  workload: web-shop\n", "  workload: web-shop\n  maxActionsPerDay: 1\n", "6:21: 'spec.maxActionsPerDay' must be from 2 to 288, but is '1'")]
    [InlineData("  workload: web-shop\n", "  workload: web-shop\n  workload: web-shop\n", "6:3: the field 'workload' is already given on line 5")]
    public void Refuses_bounds(string right, string wrong, params string[] errors) =>
        Assert.Equal(errors.Order(StringComparer.Ordinal), OwnErrors(PolicyTexts.Horizontal.Replace(right, wrong)).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("stabilization: 5m", "stabilization: 5", "8:29: 'spec.scaleIn.stabilization' must be " + Duration + ", but is '5'")]
    [InlineData("stabilization: 5m", "stabilization: -5m", "8:29: 'spec.scaleIn.stabilization' must be " + Duration + ", but is '-5m'")]
    [InlineData("stabilization: 5m", "stabilization: 05m", "8:29: 'spec.scaleIn.stabilization' must be " + Duration + ", but is '05m'")]
    [InlineData("stabilization: 5m", "stabilization: 5m1h", "8:29: 'spec.scaleIn.stabilization' must be " + Duration + ", but is '5m1h'")]
    [InlineData("stabilization: 5m", "stabilization: 1.5h", "8:29: 'spec.scaleIn.stabilization' must be " + Duration + ", but is '1.5h'")]
    [InlineData("stabilization: 5m", "stabilization: 00:05:00", "8:29: 'spec.scaleIn.stabilization' must be " + Duration + ", but is '00:05:00'")]
    [InlineData("stabilization: 5m", "stabilization: \"\"", "8:29: 'spec.scaleIn.stabilization' must be " + Duration + ", but is the quoted text ''")]
    [InlineData("stabilization: 5m", "stabilization: 31d1s", "8:29: 'spec.scaleIn.stabilization' must be from 0s to 31d, but is '31d1s'")]
    [InlineData("stabilization: 5m", "stabilization: 999999999d", "8:29: 'spec.scaleIn.stabilization' must be from 0s to 31d, but is '999999999d'")]
    [InlineData("instances: 2, per: 1m", "instances: 2, per: 0s", "8:76: 'spec.scaleIn.atMost.per' must be from 1s to 31d, but is '0s'")]
    [InlineData("instances: 2, per: 1m", "instances: 0, per: 1m", "8:68: 'spec.scaleIn.atMost.instances' must be from 1 to 1000, but is '0'")]
    [InlineData("instances: 2, per: 1m", "percent: 101, per: 1m", "8:66: 'spec.scaleIn.atMost.percent' must be more than 0 and at most 100, but is '101'")]
    [InlineData("instances: 2, per: 1m", "percent: 0, per: 1m", "8:66: 'spec.scaleIn.atMost.percent' must be more than 0 and at most 100, but is '0'")]
    [InlineData("instances: 2, per: 1m", "percent: 10%, per: 1m", "8:66: 'spec.scaleIn.atMost.percent' must be a number such as 60 or 62.5 (decimal digits, no leading zero, no quotes), but is '10%'")]
    [InlineData("instances: 2, per: 1m", "per: 1m", "8:55: 'spec.scaleIn.atMost' needs 'percent' or 'instances', or both")]
    [InlineData("instances: 2, per: 1m", "instances: 2, choose: larger", "8:79: 'spec.scaleIn.atMost.choose' chooses between 'percent' and 'instances', but only one of them is given")]
    [InlineData("choose: larger", "choose: biggest", "7:95: 'spec.scaleOut.atMost.choose' must be 'larger' or 'smaller', but is 'biggest'")]
    [InlineData("percent: 100", "percent: 1001", "7:67: 'spec.scaleOut.atMost.percent' must be more than 0 and at most 1000, but is '1001'")]
    [InlineData("scaleIn: {", "scaleIn: { coolDown: 1m,", "8:14: unknown field 'coolDown' in 'spec.scaleIn'; did you mean 'cooldown'? (allowed: stabilization, cooldown, atMost)")]
    public void Refuses_a_pace(string right, string wrong, string error) =>
        Assert.Equal([error], OwnErrors(PolicyTexts.Horizontal.Replace(right, wrong)));

    [Theory]
    [InlineData("1h30m", 5400)]
    [InlineData("90s", 90)]
    [InlineData("2d", 172800)]
    [InlineData("31d", 2678400)]
    [InlineData("\"5m\"", 300)]
    [InlineData("0s", 0)]
    public void Reads_durations(string written, int seconds)
    {
        var policies = PolicyTexts.Read(PolicyTexts.Join(
            PolicyTexts.Workload, PolicyTexts.Horizontal.Replace("stabilization: 5m", $"stabilization: {written}")));

        Assert.Empty(policies.Errors);
        Assert.Equal(TimeSpan.FromSeconds(seconds), policies.HorizontalScaling[0].ScaleIn.Stabilization);
    }

    [Theory]
    [InlineData("target: 60", "target: 0", "9:30: 'spec.targetTracking[0].target' must be more than 0 and at most 1000000000000, but is '0'")]
    [InlineData("target: 60", "target: -5", "9:30: 'spec.targetTracking[0].target' must be more than 0 and at most 1000000000000, but is '-5'")]
    [InlineData("target: 60", "target: 1e2", "9:30: 'spec.targetTracking[0].target' must be a number such as 60 or 62.5 (decimal digits, no leading zero, no quotes), but is '1e2'")]
    [InlineData("target: 60", "target: .inf", "9:30: 'spec.targetTracking[0].target' must be a number such as 60 or 62.5 (decimal digits, no leading zero, no quotes), but is '.inf'")]
    [InlineData("target: 60", "target: 95", "9:30: 'spec.targetTracking[0].target' scales out only above 104.5, which 'Percentage CPU' never exceeds")]
    [InlineData("signal: cpu", "signal: cpi", "9:17: 'spec.targetTracking[0].signal' names the signal 'cpi', which 'spec.signals' does not define; did you mean 'cpu'?")]
    [InlineData("out: 10%", "out: 100%", "9:52: 'spec.targetTracking[0].tolerance.out' must be a share from 0% up to, but not including, 100% (0 to 1), but is '100%'")]
    [InlineData("out: 10%", "out: -0.1", "9:52: 'spec.targetTracking[0].tolerance.out' must be a share from 0% up to, but not including, 100% (0 to 1), but is '-0.1'")]
    [InlineData("out: 10%", "out: 10", "9:52: 'spec.targetTracking[0].tolerance.out' must be a share from 0% up to, but not including, 100% (0 to 1), but is '10'")]
    [InlineData("out: 10%", "out: ten", "9:52: 'spec.targetTracking[0].tolerance.out' must be a share such as 10% or 0.1, but is 'ten'")]
    [InlineData("{ out: 10%, in: 5% }", "[0.1]", "9:45: 'spec.targetTracking[0].tolerance' must be a share such as 10% or 0.1, but is a list")]
    [InlineData("window: 3m", "window: 0s", "7:52: 'spec.signals[0].window' must be from 1m to 31d, but is '0s'")]
    [InlineData("maximumAge: 8m", "maximumAge: 59s", "7:68: 'spec.signals[0].maximumAge' must be from 1m to 31d, but is '59s'")]
    [InlineData("metric: Percentage CPU", "metric:", "7:27: 'spec.signals[0].metric' has no value; give one or remove the field")]
    [InlineData("maximumAge: 8m }", "maximumAge: 8m }\n    - { name: cpu, metric: Other }", "8:15: 'spec.signals[1].name' is 'cpu', which another signal of this policy is called already")]
    [InlineData("in: 5% } }", "in: 5% } }\n    - { signal: cpu, target: 50 }", "10:17: 'spec.targetTracking[1].signal' is 'cpu', which another entry tracks already")]
    [InlineData("\n    - { signal: cpu, target: 60, tolerance: { out: 10%, in: 5% } }", " []", "8:19: 'spec.targetTracking' is an empty list; give at least one item")]
    [InlineData("\n    - { signal: cpu, target: 60, tolerance: { out: 10%, in: 5% } }", " cpu", "8:19: 'spec.targetTracking' must be a list ('- ' items, or [a, b]), but is 'cpu'")]
    [InlineData("name: cpu, metric", "name: cpu, query: x, metric", "7:7: 'spec.signals[0]' has both 'metric' and 'query'; a signal has one source")]
    public void Refuses_a_load(string right, string wrong, string error) =>
        Assert.Equal([error], OwnErrors(PolicyTexts.LoadBased.Replace(right, wrong)));

    [Theory]
    [InlineData("type: vmss", "type: vms", "6:11: 'spec.select.type' must be one of 'vmss' ('Microsoft.Compute/virtualMachineScaleSets'), 'plan' ('Microsoft.Web/serverfarms'), 'vm' ('Microsoft.Compute/virtualMachines'), the types this version scales, or the name of a ResourceKind, but is 'vms'")]
    [InlineData("type: vmss", "type: 5", "6:11: 'spec.select.type' must be text, which needs quotes where YAML could read a number, but is '5'")]
    [InlineData("type: vmss", "subscription: my-subscription", "6:19: 'spec.select.subscription' must be a subscription id such as 12345678-90ab-cdef-1234-567890abcdef, but is 'my-subscription'")]
    [InlineData("type: vmss", "resourceGroup: /subscriptions/x", "6:20: 'spec.select.resourceGroup' must be the name of a resource group: up to 90 letters, digits, '-', '_', '.', '(' or ')', but is '/subscriptions/x'")]
    [InlineData("type: vmss", "managementGroup: /providers/mg", "6:22: 'spec.select.managementGroup' must be the id of a management group: up to 90 letters, digits, '-', '_', '.', '(' or ')', but is '/providers/mg'")]
    [InlineData("mode: act", "mode: yes", "8:9: 'spec.mode' must be 'observe' or 'act', but is 'yes'")]
    [InlineData("mode: act", "mode: act\n  actuator: both", "9:13: 'spec.actuator' must be 'auto' or 'direct' or 'steer', but is 'both'")]
    [InlineData("app: shop", "app: no", "7:18: 'spec.select.tags.app' must be text, which needs quotes where YAML could read a boolean, but is 'no'")]
    [InlineData("app: shop", "app: 1.10", "7:18: 'spec.select.tags.app' must be text, which needs quotes where YAML could read a number, but is '1.10'")]
    [InlineData("app: shop", "app:", "7:17: 'spec.select.tags.app' has no value; give one or remove the tag")]
    [InlineData("app: shop", "app: []", "7:18: 'spec.select.tags.app' is an empty list; give at least one item")]
    [InlineData("app: shop", "ENV: prod", "7:24: the tag 'env' is already given; tag names differ by more than upper and lower case")]
    [InlineData("{ app: shop, env: [prod, preprod] }", "{}", "7:11: 'spec.select.tags' names no tag; give at least one")]
    [InlineData("{ app: shop, env: [prod, preprod] }", "shop", "7:11: 'spec.select.tags' must be tag names with values, such as { app: shop }, but is 'shop'")]
    [InlineData("name: web-shop", "name: web shop", "3:19: 'metadata.name' must be a name of 1 to 63 letters, digits, '-', '_' or '.', beginning with a letter or digit, but is 'web shop'")]
    [InlineData("name: web-shop", "name: 007", "3:19: 'metadata.name' must be text, which needs quotes where YAML could read a number, but is '007'")]
    [InlineData("owner: team-shop", "owner: \"a\\nb\"", "3:36: 'metadata.owner' must be 1 to 256 characters on one line without blanks around them, but is the quoted text 'a·b'")]
    [InlineData("owner: team-shop", "owner: [a]", "3:36: 'metadata.owner' must be text, but is a list")]
    [InlineData("scalefunctions/v1", "scalefunctions/v2", "1:13: 'apiVersion' must be 'scalefunctions/v1', but is 'scalefunctions/v2'")]
    [InlineData("kind: Workload", "kind: Worklaod", "2:7: unknown kind 'Worklaod'; did you mean 'Workload'? (supported: Workload, HorizontalScaling, LoadBasedScaling, PredictiveScaling, VerticalScaling, ResourceRightsizing, UsageOptimization, CostMonitoring, BudgetAlerts, AlertChannels, Guardrails, ChangeCalendar, ResourceKind, PolicyTest)")]
    [InlineData("spec:\n", "status: 1\nspec:\n", "4:1: unknown field 'status' in the document (allowed: apiVersion, kind, metadata, spec, $schema)")]
    public void Refuses_a_workload(string right, string wrong, string error) =>
        Assert.Equal([error], PolicyTexts.Errors(PolicyTexts.Workload.Replace(right, wrong)).Where(each => !each.EndsWith("mended", StringComparison.Ordinal)));

    [Fact]
    public void Refuses_a_selector_that_selects_nothing()
    {
        var text = PolicyTexts.Workload.Replace("select:\n    type: vmss\n    tags: { app: shop, env: [prod, preprod] }", "select: {}");

        Assert.Equal(["5:11: 'spec.select' selects nothing; give at least one of type, name, resourceGroup, subscription, managementGroup, region, tags, all, any, not"], PolicyTexts.Errors(text));
        Assert.Empty(PolicyTexts.Read(text).Workloads);
    }

    [Fact]
    public void Collects_every_error_of_a_document()
    {
        var errors = OwnErrors(PolicyTexts.Horizontal
            .Replace("minimum: 3", "minimum: 010")
            .Replace("whenBlind: 8", "whenBlnd: 8")
            .Replace("cooldown: 0s", "cooldown: never")
            .Replace("instances: 2, per: 1m } }", "instances: 2, per: 1m } }\n  speed: fast"));

        Assert.Equal(
            ["6:25: 'spec.instances.minimum' must be a whole number such as 3 (decimal digits, no leading zero, no quotes), but is '010'",
             "6:43: unknown field 'whenBlnd' in 'spec.instances'; did you mean 'whenBlind'? (allowed: minimum, maximum, whenBlind, follow, surviveLossOf)",
             "7:44: 'spec.scaleOut.cooldown' must be a duration such as 90s, 5m, 1h30m or 2d, but is 'never'",
             "9:3: unknown field 'speed' in 'spec' (allowed: workload, extends, instances, scaleOut, scaleIn, floors, warmUp, maxActionsPerDay)"],
            errors);
    }

    /// <summary>Errors of a policy that follows the workload it refers to, in a file of its own.</summary>
    private static IReadOnlyList<string> OwnErrors(string policy)
    {
        List<(string, string)> files = [("a.yml", PolicyTexts.Workload), ("z.yml", policy)];
        if (policy.Contains("LoadBased", StringComparison.Ordinal))
        {
            files.Add(("b.yml", PolicyTexts.Horizontal));
        }

        var policies = PolicyTexts.Read([.. files]);
        Assert.All(policies.Errors, error => Assert.Equal("z.yml", error.Source.File));
        Assert.NotEmpty(policies.Errors);
        return PolicyTexts.Errors(policies);
    }
}
