using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>What is forecast for one target, in columns like a <see cref="SignalSeries"/>.</summary>
internal sealed record ForecastView
{
    public required string Id { get; init; }

    /// <summary>The signal whose load is forecast. A load is the value of the signal × instances.</summary>
    public required string Signal { get; init; }

    public required string Model { get; init; }

    /// <summary>Probability that the load stays below <see cref="Upper"/>.</summary>
    public required double Quantile { get; init; }

    /// <summary>Load that one instance carries at the target of the signal.</summary>
    public required double LoadPerInstance { get; init; }

    /// <summary>Time from asking for an instance until it serves.</summary>
    public required TimeSpan Lead { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether it was not renewed in time: then it does not count any more.</summary>
    public required bool IsExpired { get; init; }

    /// <summary>Whether it may raise.</summary>
    public required bool Acts { get; init; }

    /// <summary>Why it is shown only; empty when it is not.</summary>
    public required string ForecastOnly { get; init; }

    /// <summary>Begin of each step, in seconds since 1970.</summary>
    public required IReadOnlyList<long> At { get; init; }

    /// <summary>The central forecast of the load.</summary>
    public required IReadOnlyList<double?> Mean { get; init; }

    /// <summary>What the load stays below.</summary>
    public required IReadOnlyList<double?> Upper { get; init; }

    /// <summary>Instances that carry <see cref="Mean"/> at the target of the signal.</summary>
    public required IReadOnlyList<double?> MeanInstances { get; init; }

    /// <summary>Instances that carry <see cref="Upper"/>, whole ones: what is prepared.</summary>
    public required IReadOnlyList<int> Instances { get; init; }

    public static ForecastView Of(TargetId target, PredictiveSchedule schedule, DateTimeOffset now) => new()
    {
        Id = target.Value,
        Signal = schedule.Signal,
        Model = schedule.Model,
        Quantile = schedule.Quantile,
        LoadPerInstance = schedule.LoadPerInstance,
        Lead = schedule.Lead,
        MadeAt = schedule.MadeAt,
        ExpiresAt = schedule.ExpiresAt,
        IsExpired = now >= schedule.ExpiresAt,
        Acts = now < schedule.ExpiresAt && schedule.ForecastOnly.Length == 0,
        ForecastOnly = schedule.ForecastOnly,
        At = [.. schedule.Steps.Select(step => step.At.ToUnixTimeSeconds())],
        Mean = [.. schedule.Steps.Select(step => Shown(step.Mean))],
        Upper = [.. schedule.Steps.Select(step => Shown(step.Upper))],
        MeanInstances = [.. schedule.Steps.Select(step => Shown(step.Mean / schedule.LoadPerInstance))],
        Instances = [.. schedule.Steps.Select(step => step.Instances)],
    };

    private static double? Shown(double value) => double.IsFinite(value) ? Math.Round(value, 2) : null;
}
