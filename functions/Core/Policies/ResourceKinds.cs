namespace ScaleFunctions.Core.Policies;

/// <summary>
/// The kinds that the policies in force declare. Adapters ask here each time, so that a kind added to the policies works from
/// the next tick on. Thread-safe: a set takes the place of another as a whole.
/// </summary>
public sealed class ResourceKinds
{
    private volatile PolicySet? _policies;

    /// <summary>Takes the policies that are in force from now on.</summary>
    public void Use(PolicySet policies) => _policies = policies;

    /// <summary>Those of a set that is being rolled out are known, too; of a type that both declare, the one of the set before holds.</summary>
    public IReadOnlyList<ResourceKindPolicy> Declared => _policies switch
    {
        null => [],
        { Rollout: { } rollout } policies => [.. policies.ResourceKinds, .. rollout.Next.ResourceKinds.Where(kind => !policies.ResourceKinds.Any(known => known.IsOf(kind.ResourceType)))],
        var policies => policies.ResourceKinds,
    };

    public ResourceKindPolicy? Of(string resourceType) => Declared.FirstOrDefault(kind => kind.IsOf(resourceType));

    /// <summary>Whether all kinds are asked for, whoever selects them: by who only looks at them.</summary>
    public bool AreAllWanted { get; set; }

    /// <summary>Whether any workload selects resources of a type by its name.</summary>
    public bool AreSelected(string resourceType) => AreAllWanted || _policies?.Deciding.Any(set => set.Workloads.Any(workload => workload.Select.Names(resourceType))) is true;
}
