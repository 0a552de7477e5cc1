using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Formulas;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Tests.Builders;

/// <summary>Values with sensible defaults, so that a test states only what matters to it.</summary>
internal static class Some
{
    public const string ScaleSet = "Microsoft.Compute/virtualMachineScaleSets";

    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly PolicySource Source = new("policies/test.yml", 1, 1);

    public static DateTimeOffset At(double minutes) => Noon.AddMinutes(minutes);

    public static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    public static TargetId Id(string name = "web") =>
        TargetId.Parse($"/subscriptions/s-1/resourceGroups/shop/providers/{ScaleSet}/{name}");

    public static ObservedTarget Target(int capacity = 4, bool isUpdating = false, TargetTags? tags = null) => new()
    {
        Id = Id(),
        Region = "westeurope",
        Sku = "Standard_D4s_v5",
        Capacity = capacity,
        IsUpdating = isUpdating,
        Tags = tags ?? new TargetTags.Known(new Dictionary<string, string>()),
        ReadAt = Noon,
    };

    public static HorizontalScalingPolicy Horizontal(
        int minimum = 1, int maximum = 100, DirectionBehavior? scaleOut = null, DirectionBehavior? scaleIn = null, int? whenBlind = null) =>
        new()
        {
            Name = "horizontal",
            Workload = "shop",
            Minimum = minimum,
            Maximum = maximum,
            WhenBlind = whenBlind,
            ScaleOut = scaleOut ?? new DirectionBehavior(),
            ScaleIn = scaleIn ?? new DirectionBehavior(),
            Source = Source,
        };

    public static SignalPolicy Signal(string name = "cpu", double window = 3, double maximumAge = 8) => new()
    {
        Name = name,
        From = Metric(),
        Window = Minutes(window),
        MaximumAge = Minutes(maximumAge),
    };

    public static SignalSource.Metric Metric(string name = "Percentage CPU", MetricAggregation aggregation = MetricAggregation.Average) =>
        new(new MetricSelector { Name = name, Aggregation = aggregation });

    /// <summary>A formula over signals; it measures what one instance carries unless told otherwise.</summary>
    public static SignalPolicy Calculated(string formula, string name = "load", SignalMeasure measures = SignalMeasure.PerInstance) => new()
    {
        Name = name,
        From = new SignalSource.Calculated(FormulaParser.Parse(formula), formula),
        Measures = measures,
    };

    public static TargetTrackingPolicy Tracking(
        double target = 60, string signal = "cpu", double toleranceOut = 0.1, double toleranceIn = 0.1) => new()
        {
            Signal = signal,
            Target = target,
            ToleranceOut = toleranceOut,
            ToleranceIn = toleranceIn,
        };

    public static LoadBasedScalingPolicy LoadBased(
        IReadOnlyList<TargetTrackingPolicy>? tracking = null, IReadOnlyList<SignalPolicy>? signals = null) => new()
        {
            Name = "load",
            Workload = "shop",
            Signals = signals ?? [Signal()],
            TargetTracking = tracking ?? [Tracking()],
            Source = Source,
        };

    public static PolicySet Policies(
        HorizontalScalingPolicy? horizontal = null, LoadBasedScalingPolicy? loadBased = null, PolicyMode mode = PolicyMode.Act,
        string version = "0123456789abcdef") => new()
        {
            Workloads =
            [
                new WorkloadPolicy
                {
                    Name = "shop",
                    Select = new TargetSelector { ResourceType = ScaleSet },
                    Mode = mode,
                    Source = Source,
                },
            ],
            HorizontalScaling = [horizontal ?? Horizontal()],
            LoadBasedScaling = [loadBased ?? LoadBased()],
            Version = version,
        };

    public static MetricPoint Point(double minutes, double? average, double? count = 4) => new(At(minutes), average, count);

    /// <summary>One sample a minute, the last one two minutes ago: platform metrics arrive that late.</summary>
    public static MetricSeries.Received Series(params double[] averages) =>
        new([.. averages.Select((average, index) => Point(index - averages.Length - 1, average))]);

    public static SignalReading.Present Present(double value, double instances = 4, string signal = "cpu") =>
        new(signal, value, instances, value * instances, At(-2));

    public static SignalReading.Partial Partial(double value, double instances = 4, string signal = "cpu") =>
        new(signal, value, instances, value * instances, At(-2), Samples: 1, Expected: 3);

    public static SignalReading.Missing Missing(string signal = "cpu") => new(signal, "no samples");

    public static ScalingContext Context(
        int current, IReadOnlyList<SignalReading> readings, HorizontalScalingPolicy? horizontal = null,
        LoadBasedScalingPolicy? loadBased = null, TargetHistory? history = null) => new()
        {
            Now = Noon,
            Current = current,
            Horizontal = horizontal ?? Horizontal(),
            LoadBased = loadBased ?? LoadBased(),
            Readings = readings,
            History = history ?? TargetHistory.Empty,
        };

    /// <summary>A forecast that may act: minutes after noon, and instances that carry the load below its upper end.</summary>
    public static PredictiveSchedule Schedule(params (int Minutes, int Instances)[] steps) => new()
    {
        Signal = "cpu",
        Model = "combined",
        Quantile = 0.9,
        LoadPerInstance = 60 * (1 + 0.1),
        Lead = Minutes(5),
        MadeAt = Noon,
        ExpiresAt = At(120),
        Steps = [.. steps.Select(step => new PredictedStep(At(step.Minutes), 50 * step.Instances, 66 * step.Instances, step.Instances))],
    };

    public static PredictiveScalingPolicy Predictive(PredictiveMode mode = PredictiveMode.Act, int? raisedMaximum = null) => new()
    {
        Name = "predictive",
        Workload = "shop",
        Mode = mode,
        RaisedMaximum = raisedMaximum,
        Source = Source,
    };

    public static ScalingDecision Decision(int from, int to, params LoadProjection[] projections) => new()
    {
        Current = from,
        Wanted = to,
        Desired = to,
        Reason = new ScalingReason.FollowsLoad("cpu", 50, 60, 50.0 * from, from, to),
        AllowsScaleIn = true,
        Projections = projections,
    };

    public static PlanContext PlanContext(int capacity = 4, HorizontalScalingPolicy? horizontal = null) => new()
    {
        Now = Noon,
        Target = Target(capacity),
        Horizontal = horizontal ?? Horizontal(),
        Mode = PolicyMode.Act,
        ModeCeiling = PolicyMode.Act,
        Stop = new WriteStop.None(),
    };

    public static TargetHistory Changes(params PastChange[] changes) => new() { Changes = changes };

    public static TargetHistory Desires(params PastDesire[] desires) => new() { Desires = desires };

    public static Plan Plan(int from = 4, int goal = 6, double expires = 2) => new()
    {
        Target = Id(),
        From = from,
        Goal = goal,
        ExpiresAt = At(expires),
        Decision = Decision(from, goal),
        Limits = [],
    };

    public static CapacityReading.Read Read(int capacity, double minutes = 0, bool isUpdating = false, string etag = "e1") =>
        new(capacity, "Standard_D4s_v5", etag, isUpdating, At(minutes));

    public static Intent Intent(
        int from = 4, int goal = 6, IntentPhase phase = IntentPhase.Opened, long epoch = 1, double expires = 2, Uri? operation = null) =>
        new()
        {
            Epoch = epoch,
            Phase = phase,
            Base = Read(from),
            Goal = goal,
            OpenedAt = Noon,
            ExpiresAt = At(expires),
            SentAt = phase == IntentPhase.Opened ? null : Noon,
            Operation = operation,
            Actor = "worker-1",
            Cause = "cpu 90 against a target of 60",
            PolicyVersion = "0123456789abcdef",
            InputsHash = "00",
            Minimum = 1,
            Maximum = 100,
        };
}
