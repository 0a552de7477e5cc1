namespace ScaleFunctions.Core.Autoscale;

/// <summary>A condition on a metric and the change it asks for.</summary>
public sealed record AutoscaleRule
{
    public required string Metric { get; init; }

    /// <summary>Empty for the namespace of the resource's type.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Id of the resource that has the metric; nested ones included.</summary>
    public required string Resource { get; init; }

    /// <summary>How long a sample is.</summary>
    public required TimeSpan Grain { get; init; }

    /// <summary>How instances, and the minutes of a grain, make one sample.</summary>
    public required SampleStatistic Statistic { get; init; }

    /// <summary>How far back samples count.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>How the samples of the window make one value.</summary>
    public required WindowAggregation Aggregation { get; init; }

    public required RuleOperator Operator { get; init; }

    public required double Threshold { get; init; }

    /// <summary>Whether the value is divided by the number of instances.</summary>
    public bool DividesPerInstance { get; init; }

    /// <summary>Whether it looks at some values of a dimension only.</summary>
    public bool HasDimensions { get; init; }

    public required RuleDirection Direction { get; init; }

    public required RuleChange Change { get; init; }

    /// <summary>Instances, percent, or the count itself, as <see cref="Change"/> says.</summary>
    public required int Value { get; init; }

    /// <summary>After it fired, nothing is scaled in either direction for so long.</summary>
    public required TimeSpan Cooldown { get; init; }

    /// <summary>Whether a value meets the condition.</summary>
    public bool IsMet(double value) => Operator switch
    {
        RuleOperator.Equals => value.Equals(Threshold),
        RuleOperator.NotEquals => !value.Equals(Threshold),
        RuleOperator.GreaterThan => value > Threshold,
        RuleOperator.GreaterThanOrEqual => value >= Threshold,
        RuleOperator.LessThan => value < Threshold,
        _ => value <= Threshold,
    };

    /// <summary>
    /// The count it asks for, bounds aside. How Azure rounds a share is not documented; here it is rounded against shortage: a
    /// started instance is added, and only a whole one is taken away, at least one of either.
    /// </summary>
    public int Apply(int count)
    {
        var change = Change switch
        {
            RuleChange.PercentChangeCount when Direction == RuleDirection.Increase => Math.Max(1, (int)Math.Ceiling(count * (Value / 100.0))),
            RuleChange.PercentChangeCount => Math.Max(1, (int)(count * (Value / 100.0))),
            RuleChange.ExactCount => Value - count,
            _ => Value,
        };
        return Change == RuleChange.ExactCount
            ? Direction == RuleDirection.Increase ? Math.Max(count, Value) : Math.Min(count, Value)
            : Direction == RuleDirection.Increase ? count + change : Math.Max(0, count - change);
    }
}
