using CsCheck;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Signals;

namespace ScaleFunctions.Core.Tests.Invariants;

/// <summary>
/// Evaluations with signals of every kind: <c>a</c> counts its instances, <c>b</c> is split by instance, <c>c</c> is the total
/// of another resource, <c>f</c> a formula over them.
/// </summary>
internal static class SignalChaos
{
    public static readonly string[] Names = ["a", "b", "c", "f"];

    private const int Minutes = 4;

    private static readonly Gen<double> Value = Gen.Frequency((40, Gen.Double[0, 100]), (1, Gen.Const(0.0)), (1, Chaos.Number));

    private static readonly Gen<MetricSeries> Plain = Gen.Frequency((10, Samples), (1, Gen.Const((MetricSeries)new MetricSeries.Failed("503"))));

    private static readonly Gen<MetricSeries> Parts = Gen.Frequency((10, Instances), (1, Gen.Const((MetricSeries)new MetricSeries.Failed("503"))));

    private static Gen<MetricSeries> Samples => Gen.Select(Value.Array[Minutes], Gen.Int[1, 20], (values, count) =>
        (MetricSeries)new MetricSeries.Received([.. values.Select((value, index) => Some.Point(index - Minutes - 1, value, count))]));

    private static Gen<MetricSeries> Instances => Value.Array[Minutes].Array[1, 6].Select(instances => (MetricSeries)new MetricSeries.Split(
        [.. instances.Select((values, index) => SeriesMergeTests.Instance($"vm_{index}", [.. values.Select(value => (double?)value)]))]));

    private static readonly Gen<MissingDataPolicy> Fallback = Gen.Select(
        Gen.Enum<MissingDataBehavior>(), Gen.Int[1, 40], Gen.Int[0, 5],
        (behavior, instances, after) => new MissingDataPolicy { Behavior = behavior, Instances = instances, After = Some.Minutes(after) });

    private static readonly Gen<LoadBasedScalingPolicy> Policy = Gen.Select(
        FormulaReaderTests.Texts(2), Gen.Bool, Gen.Int[0, 3], Gen.Double[1, 95], Gen.Int[1, 15], Gen.Bool, Fallback, Chaos.OneOf<double?>(null, 0, 50, 95, 100))
        .Select((text, isTotal, kinds, target, followed, zero, fallback, percentile) => Some.LoadBased(
            [.. Names.Where((_, index) => (followed & (1 << index)) != 0).Select(name => Some.Tracking(target, name))],
            [
                Some.Signal("a") with { MissingData = fallback },
                SeriesMergeTests.Cpu(percentile) with { Name = "b", MissingData = fallback },
                Some.Signal("c") with { From = Some.Metric("Requests", MetricAggregation.Total) with { Resource = "/subscriptions/s/x", Region = "x" }, Measures = SignalMeasure.Total, IsZeroUsual = zero },
                Some.Calculated(text, "f", isTotal ? SignalMeasure.Total : SignalMeasure.PerInstance) with { MissingData = fallback },
            ]) with
        {
            Steps = kinds == 1 ? [new StepPolicy { Signal = "f", Above = 80, Change = 3 }, new StepPolicy { Signal = "f", Below = 20, Change = 2 }] : [],
            Vetoes = kinds == 2 ? [new VetoPolicy("c", 50)] : [],
        });

    public static readonly Gen<SignalSituation> Any = Gen.Select(
        Gen.Int[1, 12], Chaos.Horizontal, Policy, Plain, Parts, Plain, Gen.Double[-90, 0], Gen.Double[-10, 0])
        .Select((capacity, horizontal, policy, a, b, c, busy, since) => new SignalSituation(
            capacity, horizontal, policy,
            new Dictionary<string, MetricSeries> { ["a"] = a, ["b"] = b, ["c"] = c },
            new TargetHistory
            {
                LastBusyAt = Names.ToDictionary(name => name, _ => Some.At(busy)),
                UnreadableSince = Names.ToDictionary(name => name, _ => Some.At(since)),
            }));
}

/// <summary>One evaluation's input.</summary>
internal sealed record SignalSituation(
    int Capacity, HorizontalScalingPolicy Horizontal, LoadBasedScalingPolicy Policy, IReadOnlyDictionary<string, MetricSeries> Metrics, TargetHistory History)
{
    public TargetEvaluation Evaluate()
    {
        var target = Some.Target(Capacity);
        return TargetEvaluation.Of(
            target,
            new TargetPolicies.Resolved(Some.Policies(Horizontal, Policy).Workloads[0], Horizontal, Policy),
            Metrics,
            new TargetRow { Target = target.Id, History = History, EvaluatedAt = Some.At(-1) },
            new TickContext { Now = Some.Noon, ModeCeiling = PolicyMode.Act, Stop = new WriteStop.None(), Interval = Some.Minutes(1) });
    }

    /// <summary>The capacity after the evaluation: the goal of its plan, or what there is.</summary>
    public int Next() => Evaluate().Outcome is PlanOutcome.Planned planned ? planned.Plan.Goal : Capacity;

    public SignalSituation With(string signal, MetricSeries series) => this with
    {
        Metrics = new Dictionary<string, MetricSeries>(Metrics) { [signal] = series },
    };
}
