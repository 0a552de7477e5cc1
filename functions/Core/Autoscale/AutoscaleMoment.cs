namespace ScaleFunctions.Core.Autoscale;

/// <summary>What the engine looks at in one run.</summary>
public sealed record AutoscaleMoment
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>Instances asked for.</summary>
    public required int Count { get; init; }

    /// <summary>Until when the rule that fired last lets nothing be scaled; absent when none fired.</summary>
    public DateTimeOffset? CoolingUntil { get; init; }

    /// <summary>The value of a rule's metric over its window; null when it cannot be read.</summary>
    public required Func<AutoscaleRule, double?> Metric { get; init; }
}
