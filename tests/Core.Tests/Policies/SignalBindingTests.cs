using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class SignalBindingTests
{
    private const string Balancer = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/loadBalancers/lb-1";

    [Fact]
    public void Reads_every_field_of_a_metric()
    {
        var signal = Signal("name: errors, metric: Http5xx, namespace: Microsoft.Web/sites, aggregation: total, dimensions: { Instance: \"*\", Status: [\"500\", \"503\"] }, perInstance: p95, zero: usual");
        var metric = Assert.IsType<SignalSource.Metric>(signal.From);

        Assert.Equal("Http5xx total, each Instance, Status 500 or 503", $"{metric}");
        Assert.Equal(("Microsoft.Web/sites", MetricAggregation.Total, 95), (metric.Selector.Namespace, metric.Selector.Aggregation, metric.Combination.Percentile));
        Assert.Equal((SignalMeasure.PerInstance, true), (signal.Measures, signal.IsZeroUsual));
    }

    [Fact]
    public void Reads_another_resource_s_metric()
    {
        var metric = Assert.IsType<SignalSource.Metric>(Signal($"name: requests, metric: RequestCount, resource: {Balancer}, region: northeurope").From);

        Assert.Equal((Balancer, "northeurope", false, "RequestCount of lb-1"), (metric.Resource, metric.Region, metric.IsOwn, $"{metric}"));
    }

    [Theory]
    [InlineData("metric: Percentage CPU", SignalMeasure.PerInstance)]
    [InlineData("metric: Percentage CPU, aggregation: maximum", SignalMeasure.PerInstance)]
    [InlineData("metric: Requests, aggregation: total", SignalMeasure.Total)]
    [InlineData("metric: Requests, aggregation: count", SignalMeasure.Total)]
    [InlineData("metric: Requests, aggregation: total, measures: perInstance", SignalMeasure.PerInstance)]
    [InlineData("metric: Requests, aggregation: total, dimensions: { VMName: \"*\" }", SignalMeasure.Total)]
    [InlineData("metric: Requests, aggregation: total, dimensions: { VMName: \"*\" }, perInstance: average", SignalMeasure.PerInstance)]
    [InlineData("metric: Requests, resource: " + Balancer, SignalMeasure.Total)]
    [InlineData("metric: Requests, measures: perInstance, resource: " + Balancer, SignalMeasure.PerInstance)]
    [InlineData("queue: { account: orders, name: incoming }", SignalMeasure.Total)]
    [InlineData("queue: { account: orders, name: incoming, measure: age }", SignalMeasure.PerInstance)]
    [InlineData("query: requests | count, workspace: logs", SignalMeasure.Total)]
    [InlineData("formula: cpu * 2", SignalMeasure.PerInstance)]
    [InlineData("formula: total / 2", SignalMeasure.Total)]
    [InlineData("formula: later / 2", SignalMeasure.Total)]
    [InlineData("formula: total / instances + cpu, measures: perInstance", SignalMeasure.PerInstance)]
    public void Knows_what_the_number_is(string source, SignalMeasure measures) => Assert.Equal(measures, Signal(
        $"name: x, {source}", "{ name: total, metric: Requests, aggregation: total }", "{ name: later, formula: total * 3 }").Measures);

    [Theory]
    [InlineData("metric: Percentage CPU", 98.0)]
    [InlineData("metric: Percentage CPU, aggregation: maximum", 98.0)]
    [InlineData("metric: Percentage CPU, aggregation: total", null)]
    [InlineData("metric: Percentage CPU, resource: " + Balancer, null)]
    [InlineData("metric: Requests", null)]
    [InlineData("formula: cpu * 2", null)]
    [InlineData("formula: cpu * 2, saturatedAt: 190", 190.0)]
    public void Knows_where_its_scale_ends(string source, double? saturatedAt) => Assert.Equal(saturatedAt, Signal($"name: x, {source}").SaturatedAt);

    [Theory]
    [InlineData("", "", "hold")]
    [InlineData("missingData: hold", "", "hold")]
    [InlineData("missingData: currentInstances", "", "currentInstances")]
    [InlineData("missingData: { instances: 6 }", "", "static 6 after 3m")]
    [InlineData("missingData: { instances: 6, after: 0s }", "", "static 6 after 0s")]
    [InlineData("missingData: { behavior: currentInstancesIfHigher, instances: 6, after: 10m }", "", "currentInstancesIfHigher 6 after 10m")]
    [InlineData("missingData: { instances: 6 }", ", missingData: hold", "hold")]
    [InlineData("missingData: hold", ", missingData: { instances: 4 }", "static 4 after 3m")]
    public void A_signal_s_own_answer_to_missing_data_goes_before_that_of_the_policy(string ofPolicy, string ofSignal, string answer) =>
        Assert.Equal(answer, $"{Read(ofPolicy, $"{{ name: x, metric: Memory{ofSignal} }}").Signals[0].MissingData}");

    [Fact]
    public void A_query_may_take_many_lines()
    {
        var signal = Read("", "name: slow\n      workspace: logs\n      query: |\n        requests\n        | where duration > 1s\n        | count").Signals[0];

        Assert.Equal("requests\n| where duration > 1s\n| count", Assert.IsType<SignalSource.Query>(signal.From).Text);
    }

    [Fact]
    public void Explains_what_a_signal_reads_and_from_where_it_was_written()
    {
        var policies = PolicyTexts.Read(Text("missingData: { instances: 6 }", "{ name: x, formula: cpu * 2 }"));
        var resolved = new TargetPolicies.Resolved(policies.Workloads[0], policies.HorizontalScaling[0], policies.LoadBasedScaling[0]);
        var values = EffectivePolicies.Of(resolved).Where(value => value.Path.StartsWith("spec.signals[0]", StringComparison.Ordinal)).Select(value => $"{value.Path[16..]} = {value.Value} ({value.OriginText})");

        Assert.Equal(
            ["name = x (p.yml:25:15)", "formula = cpu * 2 (p.yml:25:27)", "measures = perInstance (default)", "saturatedAt = never (default)", "missingData = static 6 after 3m (p.yml:29:29)"],
            values);
    }

    /// <summary>What stands in comments in the policy file is right when somebody takes the "#" away.</summary>
    [Fact]
    public void The_examples_of_the_policy_file_are_right()
    {
        var folder = Path.Combine(PolicyReaderTests.RepositoryRoot(), "policies");
        var examples = new[] { "- {", "steps:", "veto:", "missingData:", "  - {" };
        var lines = File.ReadAllLines(Path.Combine(folder, "load-based-scaling.yml")).Select(line =>
            line.TrimStart().StartsWith("# ", StringComparison.Ordinal) && examples.Any(example => line.TrimStart()[2..].StartsWith(example, StringComparison.Ordinal))
                ? line.Replace("# ", "", StringComparison.Ordinal)
                : line);
        var policies = PolicyTexts.Read(
            ("load-based-scaling.yml", string.Join('\n', lines)),
            ("workloads.yml", File.ReadAllText(Path.Combine(folder, "workloads.yml"))),
            ("horizontal-scaling.yml", File.ReadAllText(Path.Combine(folder, "horizontal-scaling.yml"))));

        Assert.Empty(policies.Errors);
        Assert.Equal(["cpu", "hot", "traffic", "load"], policies.LoadBasedScaling[0].Signals.Select(signal => signal.Name));
        Assert.Equal("static 8 after 3m", $"{policies.LoadBasedScaling[0].Signals[0].MissingData}");
    }

    [Fact]
    public void The_example_of_the_guide_is_right()
    {
        var guide = File.ReadAllText(Path.Combine(PolicyReaderTests.RepositoryRoot(), "docs", "policies.md"));
        var signals = guide.Split("### Signals")[1].Split("```yaml\n")[1].Split("```")[0].TrimEnd().Replace("\n", "\n  ");
        var policies = PolicyTexts.Read(PolicyTexts.Join(
            PolicyTexts.Workload, PolicyTexts.Horizontal,
            $"apiVersion: scalefunctions/v1\nkind: LoadBasedScaling\nmetadata: {{ name: load }}\nspec:\n  workload: web-shop\n  targetTracking: [ {{ signal: load, target: 2 }} ]\n  {signals}\n"));

        Assert.Empty(policies.Errors);
        Assert.Equal(5, policies.LoadBasedScaling[0].Signals.Count);
    }

    private static SignalPolicy Signal(string fields, params string[] others) => Read("", [$"{{ {fields} }}", .. others]).Signals[0];

    private static LoadBasedScalingPolicy Read(string ofPolicy, params string[] signals)
    {
        var policies = PolicyTexts.Read(Text(ofPolicy, signals));

        Assert.Empty(policies.Errors);
        return policies.LoadBasedScaling[0];
    }

    private static string Text(string ofPolicy, params string[] signals) => PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.Horizontal, PolicyTexts.LoadBased
        .Replace("    - { name: cpu,", string.Concat(signals.Select(signal => $"    - {signal}\n")) + "    - { name: cpu,")
        .TrimEnd() + $"\n  {ofPolicy}\n");
}
