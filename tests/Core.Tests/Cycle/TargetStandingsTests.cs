using System.Text.Json;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Signals;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>What a person sees of the signals behind a decision.</summary>
public sealed class TargetStandingsTests
{
    private const string Balancer = "/subscriptions/s-1/resourceGroups/net/providers/Microsoft.Network/loadBalancers/lb-1";

    private static readonly IReadOnlyList<SignalPolicy> Signals =
    [
        Some.Signal(),
        SeriesMergeTests.Cpu(95) with { Name = "hot" },
        Some.Signal("requests") with { From = Some.Metric("Requests", MetricAggregation.Total) with { Resource = Balancer }, Measures = SignalMeasure.Total },
        Some.Calculated("(requests / instances) ?? (cpu * 2)"),
        Some.Signal("backlog") with { From = new SignalSource.Queue("orders", "incoming", QueueMeasure.Length) },
    ];

    [Fact]
    public void A_formula_shows_what_it_was_calculated_from()
    {
        var standing = Standing(new MetricSeries.Failed("503"))["load"];

        Assert.Equal(("(requests / instances) ?? (cpu * 2)", 120, "requests cannot be read, so it fell back"), (standing.Metric, standing.Value, standing.Doubt));
        Assert.Equal([new SignalInput("requests", null, "503"), new SignalInput("cpu", 60, "")], standing.Inputs);
    }

    [Fact]
    public void The_sentence_of_a_decision_names_the_inputs() => Assert.EndsWith(
        "; load is (requests / instances) ?? (cpu * 2), with requests 400", DecisionSpans.Of(Evaluate(Some.Series(400, 400, 400)), Some.Noon, false, "").Reason, StringComparison.Ordinal);

    [Fact]
    public void The_sentence_tells_which_input_could_not_be_read() => Assert.EndsWith(
        "with requests unreadable (503), cpu 60", Evaluate(new MetricSeries.Failed("503")).Formulas, StringComparison.Ordinal);

    [Fact]
    public void A_total_shows_the_whole_and_the_share()
    {
        var standing = Standing(Some.Series(400, 400, 400))["requests"];

        Assert.Equal((100, 400, "Requests total of lb-1"), (standing.Value, standing.Total, standing.Metric));
    }

    /// <summary>The row is what a chart is made from later: a plain metric adds nothing to it, and none loses anything in it.</summary>
    [Fact]
    public void What_a_row_keeps_is_enough_to_read_the_signal_again()
    {
        var row = new TargetRow { Target = Some.Id(), Standing = TargetStandings.Of(Evaluate(Some.Series(400, 400, 400)), Resolved, PolicyMode.Act) };
        var kept = JsonSerializer.Deserialize(JsonSerializer.Serialize(row, StateJson.Default.TargetRow), StateJson.Default.TargetRow)!.Standing!.Signals;

        Assert.Null(kept[0].Selector);
        Assert.Equal(
            Signals.Select(signal => signal.From is SignalSource.Metric metric ? $"{metric.Selector} {metric.Of(Some.Target())} {metric.Of(Some.Target()).Region} {metric.Combination} {signal.Measures}" : $"{signal.From} {signal.Measures}").Take(4),
            kept.Select(each => each.ToPolicy()).OfType<SignalPolicy>().Select(signal => signal.From is SignalSource.Metric metric
                ? $"{metric.Selector} {metric.Of(Some.Target())} {metric.Of(Some.Target()).Region} {metric.Combination} {signal.Measures}" : $"{signal.From} {signal.Measures}"));
        Assert.Equal((SignalKind.Queue, "not read"), (kept[4].Kind, kept[4].Doubt));
    }

    [Fact]
    public void A_row_of_an_earlier_version_is_a_plain_metric()
    {
        var old = JsonSerializer.Deserialize(
            """{"target":"/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/web","history":{"desires":[],"changes":[],"lastBusyAt":{}},"standing":{"workload":"shop","mode":"Act","minimum":1,"maximum":9,"region":"r","sku":"s","signals":[{"signal":"cpu","metric":"Percentage CPU","value":50,"doubt":""}]}}""",
            StateJson.Default.TargetRow)!;

        Assert.Equal(Some.Metric(), old.Standing!.Signals[0].ToPolicy()!.From);
        Assert.Empty(old.History.UnreadableSince);
    }

    [Fact]
    public void The_course_of_a_formula_is_calculated_minute_by_minute()
    {
        var metrics = new Dictionary<string, MetricSeries> { ["cpu"] = Some.Series(10, 20, 30), ["requests"] = new MetricSeries.Received([Some.Point(-3, 400)]) };

        var course = SignalCourse.Of([.. Signals.Take(4)], metrics, at => at < Some.At(-2.5) ? 4 : 8);

        Assert.Equal([20.0, 100, 60], course["load"].Select(point => point.Value!.Value));
        Assert.Equal([100.0], course["requests"].Select(point => point.Value!.Value));
        Assert.Empty(course["hot"]);
    }

    private static TargetPolicies.Resolved Resolved => new(
        Some.Policies().Workloads[0], Some.Horizontal(),
        Some.LoadBased([Some.Tracking(50, "load"), Some.Tracking(1000, "cpu"), Some.Tracking(1000, "hot"), Some.Tracking(1000, "requests"), Some.Tracking(9, "backlog")], Signals));

    private static Dictionary<string, SignalStanding> Standing(MetricSeries requests) =>
        TargetStandings.Of(Evaluate(requests), Resolved, PolicyMode.Act).Signals.ToDictionary(signal => signal.Signal);

    private static TargetEvaluation Evaluate(MetricSeries requests) => TargetEvaluation.Of(
        Some.Target(), Resolved,
        new Dictionary<string, MetricSeries> { ["cpu"] = Some.Series(60, 60, 60), ["requests"] = requests, ["hot"] = new MetricSeries.Failed("503") },
        new TargetRow { Target = Some.Id() },
        new TickContext { Now = Some.Noon, ModeCeiling = PolicyMode.Act, Stop = new Core.Plans.WriteStop.None(), Interval = Some.Minutes(1) });
}
