using ScaleFunctions.Core.Autoscale;

namespace ScaleFunctions.Core.Policies.Imports;

/// <summary>A metric that rules look at in one way, and the steps of those rules.</summary>
internal sealed class ImportedSignal(AutoscaleRule first, bool isOwn)
{
    public required string Name { get; init; }

    public AutoscaleRule Rule => first;

    /// <summary>Whether the metric is of the resource that is scaled.</summary>
    public bool IsOwn => isOwn;

    public List<(double Threshold, int Change)> Out { get; } = [];

    public List<(double Threshold, int Change)> In { get; } = [];

    /// <summary>Whether no rule in looks at it, so that its step in only agrees with the others.</summary>
    public bool IsOutOnly { get; set; }

    /// <summary>Of several rules in on one signal all must hold and the least change counts: that is one step.</summary>
    public (double Threshold, int Change)? StepIn => In.Count == 0 ? null : (In.Min(step => step.Threshold), In.Min(step => step.Change));

    public bool Reads(AutoscaleRule rule) =>
        (first.Metric, first.Namespace, first.Window, first.Statistic) == (rule.Metric, rule.Namespace, rule.Window, rule.Statistic)
        && string.Equals(first.Resource, rule.Resource, StringComparison.OrdinalIgnoreCase);
}
