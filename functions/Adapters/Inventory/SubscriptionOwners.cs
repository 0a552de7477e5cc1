using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>Completes the targets of one subscription by what was read about it.</summary>
/// <param name="Subscription">Its id.</param>
/// <param name="Graph">What Resource Graph tells.</param>
/// <param name="GroupManagers">By <see cref="EstateGraph.GroupKey"/>: what manages the group.</param>
/// <param name="Denied">Deny assignments. Where they could not be read none is known, and Azure itself refuses what they deny.</param>
internal sealed record SubscriptionOwners(
    string Subscription, Reading<EstateGraph> Graph, Reading<IReadOnlyDictionary<string, string>> GroupManagers,
    IReadOnlyList<DenyAssignment> Denied)
{
    public ObservedTarget Complete(ObservedTarget target)
    {
        var seen = Graph.Value?.Resources.GetValueOrDefault(target.Id.Key);
        var tags = Agreed(target.Tags, seen);
        return target with
        {
            Tags = tags,
            ManagementGroups = Groups(),
            Owner = Ownership.Of(new OwnershipFacts
            {
                Id = target.Id,
                Tags = tags,
                ScalesItself = target.Owner.Kind == OwnerKind.Platform ? target.Owner.Evidence : null,
                ManagedBy = seen?.ManagedBy,
                GroupManagedBy = GroupManagers.Value?.GetValueOrDefault(EstateGraph.GroupKey(target.Id)),
                AutoscaleSetting = target.Native switch
                {
                    NativeAutoscale.Steerable native => native.Setting.Name,
                    NativeAutoscale.Unsteerable native => native.Setting.Name,
                    _ => null,
                },
                WhyNotSteered = (target.Native as NativeAutoscale.Unsteerable)?.Reason,
                DenyAssignment = Denied.FirstOrDefault(each => each.Covers(target.Id))?.Name,
                NotRead = NotRead(seen),
            }),
        };
    }

    private ManagementGroups Groups() =>
        Graph.Value is not { } known ? new ManagementGroups.Unread(Graph.Problem)
        : known.Ancestors.TryGetValue(Subscription, out var names) ? new ManagementGroups.Read(names)
        : new ManagementGroups.Unread($"Resource Graph does not show the subscription {Subscription}");

    private string? NotRead(GraphResource? seen) =>
        GroupManagers.Value is null ? GroupManagers.Problem
        : Graph.Value is not null && seen is null ? "Resource Graph does not list it yet"
        : null;

    /// <summary>
    /// Resource Manager leaves out the tags of a resource when something is wrong, which looks like having none. The graph may be
    /// late, so only that one list has tags and the other none is in doubt, not which ones.
    /// </summary>
    private static TargetTags Agreed(TargetTags tags, GraphResource? seen) =>
        seen is { HasTags: true } && tags is TargetTags.Known { Values.Count: 0 }
            ? new TargetTags.Unknown("Resource Manager lists none, Resource Graph some")
            : tags;
}
