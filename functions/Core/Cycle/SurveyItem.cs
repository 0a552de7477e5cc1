using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>One target with all that was read of it.</summary>
/// <param name="Target">The target.</param>
/// <param name="Policies">What they say of it.</param>
/// <param name="Metrics">By signal.</param>
internal sealed record SurveyItem(
    ObservedTarget Target, TargetPolicies.Resolved Policies, IReadOnlyDictionary<string, MetricSeries> Metrics)
{
    public PredictiveSchedule? Schedule { get; init; }

    /// <summary>How much of its size is used; absent when it is not its turn to be asked for.</summary>
    public IReadOnlyDictionary<UsedPart, MetricSeries>? SizeUses { get; init; }

    /// <summary>What rightsizing found, where that is carried out; absent where it is not.</summary>
    public FindingReading? Finding { get; init; }

    /// <summary>The count it asks for now.</summary>
    public CountWish? Count { get; init; }

    /// <summary>Whether somebody works on it, where off-hours ask for that.</summary>
    public UseReading Use { get; init; } = new UseReading.Idle();

    /// <summary>That it was found idle, where something is to be done about it.</summary>
    public LeftoverRecord? Idle { get; init; }

    /// <summary>Whether its size is decided on now.</summary>
    public bool IsSizeTurn { get; init; }
}
