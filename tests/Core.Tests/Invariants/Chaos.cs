using CsCheck;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Invariants;

/// <summary>Any input of one evaluation: policies an owner may write, and whatever metrics, inventory and history may hold.</summary>
internal static class Chaos
{
    public static readonly Gen<double> Number = Gen.Frequency(
        (8, Gen.Double[0, 100]),
        (1, Gen.Double),
        (1, OneOf(0, -0.0, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e308, double.Epsilon, 1e12, 1e6)));

    public static readonly Gen<MetricPoint> Point = Gen.Select(
        Gen.Frequency((8, Gen.Int[-14, 3].Select(minute => (double)minute)), (1, Gen.Double[-20, 20]), (1, Gen.Double[-1e9, 1e6])),
        Optional(Number), Optional(Gen.Frequency((6, Gen.Double[1, 30]), (1, Number))),
        (minutes, average, count) => new MetricPoint(Some.Noon.AddMinutes(minutes), average, count));

    public static readonly Gen<MetricSeries> Series = Gen.Frequency<MetricSeries>(
        (8, Point.Array[0, 16].Select(points => (MetricSeries)new MetricSeries.Received(points))),
        (1, Gen.Const((MetricSeries)new MetricSeries.Failed("503"))));

    public static readonly Gen<RateLimit?> Rate = Gen.Select(
        Optional(Gen.Double[0, 150]), Gen.Int[0, 10], Gen.Enum<RateChoice>(), Gen.Int[1, 15], Gen.Bool,
        (percent, instances, choose, per, isGiven) => isGiven
            ? new RateLimit { Percent = percent, Instances = instances, Choose = choose, Per = Some.Minutes(per) }
            : null);

    public static readonly Gen<DirectionBehavior> Direction = Gen.Select(
        Gen.Int[0, 10], Gen.Int[0, 10], Rate,
        (stabilization, cooldown, rate) => new DirectionBehavior
        {
            Stabilization = Some.Minutes(Math.Max(0, stabilization - 5)),
            Cooldown = Some.Minutes(Math.Max(0, cooldown - 5)),
            AtMost = rate,
        });

    public static readonly Gen<HorizontalScalingPolicy> Horizontal = Gen.Select(
        Gen.Int[1, 10], Gen.Int[0, 30], Direction, Direction, Optional(Gen.Int[1, 20].Select(count => count)),
        (minimum, more, scaleOut, scaleIn, whenBlind) => Some.Horizontal(minimum, minimum + more, scaleOut, scaleIn, whenBlind));

    public static readonly Gen<LoadBasedScalingPolicy> LoadBased = Gen.Select(
        Gen.Int[0, 2], Gen.Double[1, 95], Gen.Double[0, 0.5], Gen.Double[0, 0.5], Gen.Int[1, 10],
        (signals, target, toleranceOut, toleranceIn, window) =>
        {
            var names = new[] { "cpu", "memory" }.Take(signals).ToList();
            return Some.LoadBased(
                [.. names.Select(name => Some.Tracking(target, name, toleranceOut, toleranceIn))],
                [.. names.Select(name => Some.Signal(name, window) with { From = Some.Metric(name) })]);
        });

    public static readonly Gen<TargetHistory> History = Gen.Select(
        Gen.Select(Gen.Double[-30, 2], Gen.Int[0, 40], (minutes, count) => new PastDesire(Some.At(minutes), count)).Array[0, 6],
        Gen.Select(Gen.Double[-30, 2], Gen.Int[0, 40], Gen.Int[0, 40], (minutes, from, to) => new PastChange(Some.At(minutes), from, to)).Array[0, 4],
        Optional(Gen.Double[-90, 0]),
        (desires, changes, busy) => new TargetHistory
        {
            Desires = [.. desires.OrderBy(desire => desire.At)],
            Changes = [.. changes.OrderBy(change => change.At)],
            LastBusyAt = busy is { } minutes
                ? new Dictionary<string, DateTimeOffset> { ["cpu"] = Some.At(minutes) }
                : new Dictionary<string, DateTimeOffset>(),
        });

    public static readonly Gen<Situation> Any = Gen.Select(
        Gen.Frequency((20, Gen.Int[0, 40]), (1, Gen.Int)), Horizontal, LoadBased, Series, Series, History, Gen.Int[0, 7],
        (capacity, horizontal, loadBased, cpu, memory, history, doubts) =>
            new Situation(capacity, horizontal, loadBased, cpu, memory, history, doubts));

    /// <summary>The same with a forecast that may act. Its steps are what a file may hold, not only what a model would make.</summary>
    public static readonly Gen<Situation> Foreseen = Gen.Select(
        Any, Gen.Select(Gen.Int[-6, 24], Gen.Int[0, 60]).Array[0, 8], Optional(Gen.Int[1, 60]), Gen.Int[1, 20], Gen.Int[-1, 60],
        (situation, steps, raised, lead, left) => situation with
        {
            Predictive = Some.Predictive(raisedMaximum: raised),
            Schedule = Some.Schedule([.. steps.OrderBy(step => step.Item1).Select(step => (step.Item1 * 5, step.Item2))]) with
            {
                LoadPerInstance = situation.LoadBased.TargetTracking is [var tracked, ..] ? tracked.Target * (1 + tracked.ToleranceOut) : 1,
                Lead = Some.Minutes(lead),
                ExpiresAt = Some.At(left),
            },
        });

    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<T?> Optional<T>(Gen<T> gen)
        where T : struct => Gen.Frequency((5, gen.Select(value => (T?)value)), (1, Gen.Const((T?)null)));
}

/// <summary>One evaluation's input.</summary>
internal sealed record Situation(
    int Capacity, HorizontalScalingPolicy Horizontal, LoadBasedScalingPolicy LoadBased, MetricSeries Cpu, MetricSeries Memory,
    TargetHistory History, int Doubts)
{
    public PredictiveScalingPolicy? Predictive { get; init; }

    public PredictiveSchedule? Schedule { get; init; }

    public bool IsInventoryPartial => Doubts == 1;

    public bool AreTagsUnknown => Doubts == 2;

    public TargetEvaluation Evaluate()
    {
        var target = Some.Target(Capacity, tags: AreTagsUnknown ? new TargetTags.Unknown("403") : null);
        var policies = Some.Policies(Horizontal, LoadBased);
        return TargetEvaluation.Of(
            target,
            new TargetPolicies.Resolved(policies.Workloads[0], Horizontal, LoadBased) { Predictive = Predictive },
            new Dictionary<string, MetricSeries> { ["cpu"] = Cpu, ["memory"] = Memory },
            new TargetRow { Target = target.Id, History = History, EvaluatedAt = Some.At(-1) },
            new TickContext
            {
                Now = Some.Noon,
                ModeCeiling = PolicyMode.Act,
                Stop = new WriteStop.None(),
                Interval = Some.Minutes(1),
                InventoryDoubt = IsInventoryPartial ? "page 2" : "",
            },
            Schedule);
    }

    /// <summary>The capacity after the evaluation: the goal of its plan, or what there is.</summary>
    public int Next() => Evaluate().Outcome is PlanOutcome.Planned planned ? planned.Plan.Goal : Capacity;
}
