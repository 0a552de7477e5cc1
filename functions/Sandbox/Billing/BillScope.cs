using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Sandbox.Billing;

/// <summary>What a bill is asked for: a management group, a subscription or a resource group.</summary>
internal sealed record BillScope(string Id, string Subscription, string? ResourceGroup, string? ManagementGroup)
{
    /// <summary>The scope of a path; nothing when it is none the sandbox bills for.</summary>
    public static BillScope? Parse(string path)
    {
        var steps = path.Trim('/').Split('/');
        return steps switch
        {
            [var s, var id] when Is(s, "subscriptions") => new BillScope($"/{string.Join('/', steps)}", id, null, null),
            [var s, var id, var g, var name] when Is(s, "subscriptions") && Is(g, "resourceGroups") => new BillScope($"/{string.Join('/', steps)}", id, name, null),
            [var p, var m, var g, var name] when Is(p, "providers") && Is(m, "Microsoft.Management") && Is(g, "managementGroups")
                => new BillScope($"/{string.Join('/', steps)}", "", null, name),
            _ => null,
        };
    }

    public bool Exists(SimulatedEstate estate) => ManagementGroup is { } group
        ? estate.Hierarchy.Subscriptions.Any(subscription => estate.Hierarchy.ManagementGroupsOf(subscription).Contains(group, StringComparer.OrdinalIgnoreCase))
        : estate.Hierarchy.HasSubscription(Subscription) && (ResourceGroup is null || estate.Hierarchy.HasResourceGroup(Subscription, ResourceGroup));

    public bool Holds(SimulatedEstate estate, DayCharge charge) => ManagementGroup is { } group
        ? estate.Hierarchy.ManagementGroupsOf(charge.Subscription).Contains(group, StringComparer.OrdinalIgnoreCase)
        : Is(charge.Subscription, Subscription) && (ResourceGroup is null || Is(charge.ResourceGroup, ResourceGroup));

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
