using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Formulas;

namespace ScaleFunctions.Core.State;

/// <summary>What one signal said at an evaluation, and where it would have changed the decision.</summary>
/// <param name="Signal">Name in the policy.</param>
/// <param name="Metric">What it reads, for people: a metric's name, or a formula.</param>
/// <param name="Value">Mean per reporting instance; absent when it could not be read.</param>
/// <param name="Instances">Instances that reported; absent likewise.</param>
/// <param name="Target">The value to keep; absent when no rule follows the signal.</param>
/// <param name="OutAbove">Scales out above this; absent when no rule follows the signal.</param>
/// <param name="InBelow">Scales in below this; absent likewise.</param>
/// <param name="Doubt">Why the signal proves nothing; empty when it does.</param>
public sealed record SignalStanding(
    string Signal, string Metric, double? Value, double? Instances, double? Target, double? OutAbove, double? InBelow, string Doubt)
{
    /// <summary>What all instances together carry; only of a total.</summary>
    public double? Total { get; init; }

    /// <summary>What is asked of Azure Monitor; absent for the mean of a metric of the target's own, and for what is no metric.</summary>
    public MetricSelector? Selector { get; init; }

    /// <summary>Whose metric it is; absent for the target's own.</summary>
    public string? Resource { get; init; }

    /// <summary>Where that resource is.</summary>
    public string? Region { get; init; }

    /// <summary>How single instances make one value; absent for the mean.</summary>
    public double? Percentile { get; init; }

    public SignalMeasure Measures { get; init; }

    /// <summary>Where its numbers come from.</summary>
    public SignalKind Kind { get; init; }

    /// <summary>What a formula was calculated from.</summary>
    public IReadOnlyList<SignalInput>? Inputs { get; init; }

    /// <summary>As much of the signal's policy as it takes to read it again; null when this version cannot.</summary>
    public SignalPolicy? ToPolicy() => Kind switch
    {
        SignalKind.Metric => new SignalPolicy
        {
            Name = Signal,
            From = new SignalSource.Metric(Selector ?? new MetricSelector { Name = Metric })
            {
                Resource = Resource ?? "",
                Region = Region ?? "",
                Combination = new InstanceCombination(Percentile),
            },
            Measures = Measures,
        },
        SignalKind.Formula when Formula.TryParse(Metric, out var formula) =>
            new SignalPolicy { Name = Signal, From = new SignalSource.Calculated(formula, Metric), Measures = Measures },
        _ => null,
    };
}
