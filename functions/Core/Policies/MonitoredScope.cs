using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Core.Policies;

/// <summary>A part of the estate whose spend is told by itself. Without a place it is told of each subscription that is seen.</summary>
/// <param name="Name">As it is told.</param>
public sealed record MonitoredScope(string Name)
{
    /// <summary>Id; empty for each.</summary>
    public string Subscription { get; init; } = "";

    /// <summary>In that subscription; empty for all of it.</summary>
    public string ResourceGroup { get; init; } = "";

    /// <summary>Id; empty for none.</summary>
    public string ManagementGroup { get; init; } = "";

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Tags { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>What it comes to among the subscriptions there are, each with a name of its own.</summary>
    public IEnumerable<(string Name, SpendScope Scope)> Among(IReadOnlyList<string> subscriptions)
    {
        if (ManagementGroup.Length > 0)
        {
            return [(Name, new SpendScope($"{SpendScope.ManagementGroup}{ManagementGroup.ToLowerInvariant()}", Tags))];
        }

        if (Subscription.Length > 0)
        {
            return [(Name, new SpendScope($"/subscriptions/{Subscription.ToLowerInvariant()}{(ResourceGroup.Length > 0 ? $"/resourcegroups/{ResourceGroup.ToLowerInvariant()}" : "")}", Tags))];
        }

        return subscriptions.Select(each => (subscriptions.Count == 1 ? Name : $"{Name} in {each}", new SpendScope($"/subscriptions/{each.ToLowerInvariant()}", Tags)));
    }
}
