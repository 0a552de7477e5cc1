using ScaleFunctions.Core.Policies.Formulas;

namespace ScaleFunctions.Core.Policies;

/// <summary>A signal of a guard, as it is kept in a target's row: the policy may be another one by the time it is read.</summary>
/// <param name="Name">What bounds and formulas call it.</param>
/// <param name="Window">Span of samples that are averaged.</param>
/// <param name="Measures">What its number is.</param>
/// <param name="IsZeroUsual">Whether exactly zero is a usual value.</param>
public sealed record GuardSignal(string Name, TimeSpan Window, SignalMeasure Measures, bool IsZeroUsual)
{
    /// <summary>The metric; absent where it is calculated.</summary>
    public MetricSelector? Metric { get; init; }

    /// <summary>Another resource's id; empty: the target's own metric.</summary>
    public string Resource { get; init; } = "";

    /// <summary>Where the other resource is; empty: where the target is.</summary>
    public string Region { get; init; } = "";

    /// <summary>How the values of single instances make one, where the metric is split by instance.</summary>
    public InstanceCombination Combination { get; init; } = InstanceCombination.Average;

    /// <summary>What it is calculated by; empty where it is a metric.</summary>
    public string Formula { get; init; } = "";

    /// <summary>Nothing where it comes from something that has no past.</summary>
    public static GuardSignal? Of(SignalPolicy signal)
    {
        var kept = new GuardSignal(signal.Name, signal.Window, signal.Measures, signal.IsZeroUsual);
        return signal.From switch
        {
            SignalSource.Metric metric => kept with { Metric = metric.Selector, Resource = metric.Resource, Region = metric.Region, Combination = metric.Combination },
            SignalSource.Calculated calculated => kept with { Formula = calculated.Text },
            _ => null,
        };
    }

    /// <summary>The signal again. A sample has to be there for every minute, so that none is too old and a gap is one.</summary>
    public SignalPolicy ToSignal() => new()
    {
        Name = Name,
        Window = Window,
        Measures = Measures,
        IsZeroUsual = IsZeroUsual,
        MaximumAge = TimeSpan.FromMinutes(1),
        From = Metric is { } metric
            ? new SignalSource.Metric(metric) { Resource = Resource, Region = Region, Combination = Combination }
            : new SignalSource.Calculated(FormulaParser.Parse(Formula), Formula),
    };
}
