using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>All that a scaling decision may depend on.</summary>
public sealed record ScalingContext
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>Instances asked for, booting ones included.</summary>
    public required int Current { get; init; }

    public required HorizontalScalingPolicy Horizontal { get; init; }

    /// <summary>Absent when the workload is not scaled by load.</summary>
    public LoadBasedScalingPolicy? LoadBased { get; init; }

    /// <summary>What the instances must be able to lose and still carry the load.</summary>
    public LossToSurvive Loss { get; init; } = LossToSurvive.Nothing;

    /// <summary>A reading for each signal of <see cref="LoadBased"/>.</summary>
    public IReadOnlyList<SignalReading> Readings { get; init; } = [];

    /// <summary>What is forecast, when that may act.</summary>
    public PredictiveSchedule? Schedule { get; init; }

    /// <summary>What rightsizing asks for, while that may be carried out.</summary>
    public CountWish? Wish { get; init; }

    /// <summary>What off-hours ask for; absent when nothing.</summary>
    public OffWish? Off { get; init; }

    public TargetHistory History { get; init; } = TargetHistory.Empty;
}
