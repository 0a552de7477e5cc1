namespace ScaleFunctions.Core.Policies;

/// <summary>
/// Who is told where: by the channels that a policy names, else by those of its owner, else by the default ones. A name that is none is an
/// error of its own and leaves the others: a budget is guarded also where nobody can be told of it.
/// </summary>
public static class AlertRoutes
{
    /// <param name="policies">What is in force.</param>
    /// <param name="owner">Whose it is; empty for the platform's.</param>
    /// <param name="named">Names of channels that the policy has; empty when it leaves it to its owner.</param>
    public static IReadOnlyList<AlertChannel> Of(PolicySet policies, string owner, IReadOnlyList<string> named)
    {
        var own = Known(policies, named);
        var ofOwner = own.Count > 0 ? own : Known(policies, policies.AlertChannels.SelectMany(each => each.Owners.GetValueOrDefault(owner) ?? []));
        return ofOwner.Count > 0 ? ofOwner : Known(policies, policies.AlertChannels.SelectMany(each => each.Default));
    }

    /// <summary>Gives each budget the channels it is told by, so that whoever has the policy has them.</summary>
    internal static PolicySet Apply(PolicySet policies) => policies with
    {
        BudgetAlerts = [.. policies.BudgetAlerts.Select(policy => policy with { TellsBy = Of(policies, policy.Owner, policy.Channels) })],
    };

    /// <summary>Names of channels that no document has, and channels that two documents have.</summary>
    internal static IReadOnlyList<PolicyError> Check(IReadOnlyList<PolicyDocument> documents)
    {
        var known = documents.Select(document => document.Policy).OfType<AlertChannelsPolicy>().ToList();
        var names = known.SelectMany(policy => policy.Channels.Keys).ToList();
        return
        [
            .. from document in documents
               from named in Named(document.Policy)
               where !names.Contains(named)
               select new PolicyError(document.NameSource, $"the channel {Quoted.Text(named)} that it names is not defined{NearName.Hint(named, names)}; 'kind: AlertChannels' defines channels"),
            .. from policy in known
               from name in policy.Channels.Keys
               where names.Count(each => each == name) > 1
               select new PolicyError(policy.Source, $"the channel {Quoted.Text(name)} is defined in another document as well; names of channels are used once"),
        ];
    }

    private static IEnumerable<string> Named(object? policy) => policy switch
    {
        AlertChannelsPolicy channels => channels.Default.Concat(channels.Owners.Values.SelectMany(each => each)).Distinct(StringComparer.Ordinal),
        BudgetAlertsPolicy budget => budget.Channels,
        _ => [],
    };

    private static IReadOnlyList<AlertChannel> Known(PolicySet policies, IEnumerable<string> names) =>
        [.. names.SelectMany(name => policies.AlertChannels.Select(each => each.Channels.GetValueOrDefault(name)).OfType<AlertChannel>().Take(1)).Distinct()];
}
