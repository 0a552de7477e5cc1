using ScaleFunctions.Core.Policies.Formulas;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Policies;

/// <summary>Where the numbers of a signal come from.</summary>
public abstract record SignalSource
{
    private SignalSource()
    {
    }

    /// <summary>Whether it is read as it is at this moment, because it has no history: neither a metric nor calculated.</summary>
    public virtual bool IsMomentary => true;

    /// <summary>A metric of Azure Monitor.</summary>
    /// <param name="Selector">Which numbers.</param>
    public sealed record Metric(MetricSelector Selector) : SignalSource
    {
        /// <summary>Another resource's id; empty: the target's own metric.</summary>
        public string Resource { get; init; } = "";

        /// <summary>Where the other resource is; empty: where the target is.</summary>
        public string Region { get; init; } = "";

        /// <summary>How the values of single instances make one, where the metric is split by instance.</summary>
        public InstanceCombination Combination { get; init; } = InstanceCombination.Average;

        public override bool IsMomentary => false;

        public bool IsOwn => Resource.Length == 0;

        /// <summary>Whose metric it is, for one target.</summary>
        public MonitoredResource Of(ObservedTarget target) =>
            IsOwn ? MonitoredResource.Of(target) : MonitoredResource.Parse(Resource, Region.Length > 0 ? Region : target.Region);

        public override string ToString() => IsOwn ? $"{Selector}" : $"{Selector} of {Resource[(Resource.LastIndexOf('/') + 1)..]}";
    }

    /// <summary>Messages of a storage queue.</summary>
    public sealed record Queue(string Account, string Name, QueueMeasure Measure) : SignalSource
    {
        public override string ToString() => $"{(Measure == QueueMeasure.Age ? "age" : "length")} of queue {Name} in {Account}";
    }

    /// <summary>The result of a log query.</summary>
    public sealed record Query(string Text, string Workspace) : SignalSource
    {
        public override string ToString() => $"query in {Workspace}";
    }

    /// <summary>Calculated from other signals of the policy.</summary>
    public sealed record Calculated(Formula Formula, string Text) : SignalSource
    {
        public override bool IsMomentary => false;

        public override string ToString() => Text;
    }
}
