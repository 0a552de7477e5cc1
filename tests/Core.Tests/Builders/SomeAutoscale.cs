using ScaleFunctions.Core.Autoscale;

namespace ScaleFunctions.Core.Tests.Builders;

/// <summary>Settings of Azure's own autoscale.</summary>
internal static class SomeAutoscale
{
    /// <summary>A pair of rules on CPU: out by one above 70, in by one below 40, within 2 and 10.</summary>
    public static AutoscaleProfile Profile(params AutoscaleRule[] rules) => new()
    {
        Name = "default",
        Minimum = 2,
        Maximum = 10,
        Default = 2,
        When = new ProfileTime.Otherwise(),
        Rules = rules.Length > 0 ? rules : [Out(70), In(40)],
    };

    public static AutoscaleRule Out(double above, int by = 1, string metric = "Percentage CPU") => new()
    {
        Metric = metric,
        Resource = Some.Target().Id.Value,
        Grain = Some.Minutes(1),
        Statistic = SampleStatistic.Average,
        Window = Some.Minutes(10),
        Aggregation = WindowAggregation.Average,
        Operator = RuleOperator.GreaterThan,
        Threshold = above,
        Direction = RuleDirection.Increase,
        Change = RuleChange.ChangeCount,
        Value = by,
        Cooldown = Some.Minutes(5),
    };

    public static AutoscaleRule In(double below, int by = 1, string metric = "Percentage CPU") =>
        Out(below, by, metric) with { Operator = RuleOperator.LessThan, Direction = RuleDirection.Decrease };

    public static AutoscaleSetting Setting(params AutoscaleProfile[] profiles) => new()
    {
        Target = Some.Target().Id,
        IsEnabled = true,
        Profiles = profiles.Length > 0 ? profiles : [Profile()],
    };

    /// <summary>A run on a count at which all metrics have one value, or each its own.</summary>
    public static AutoscaleMoment Moment(int count, double? value, params (string Metric, double? Value)[] others) => new()
    {
        Now = Some.Noon,
        Count = count,
        Metric = rule => Array.Exists(others, each => each.Metric == rule.Metric) ? Array.Find(others, each => each.Metric == rule.Metric).Value : value,
    };
}
