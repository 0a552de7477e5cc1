using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Costs;

/// <summary>Takes of what was counted that which belongs to a scope.</summary>
public static class ScopedSpend
{
    /// <summary>The days with nothing but what belongs to the scope; those of other subscriptions are left out.</summary>
    public static IReadOnlyList<SpendDay> Of(SpendScope scope, IEnumerable<SpendDay> days) =>
        [.. days.Where(day => Touches(scope, day)).Select(day => day with { Rows = [.. day.Rows.Where(row => Holds(scope, row.Resource, day.ManagementGroups, row.Tags))] })];

    /// <summary>Whether what a resource costs belongs to the scope.</summary>
    public static bool Holds(SpendScope scope, string resource, ManagementGroups groups, TargetTags tags) =>
        (IsOfGroup(scope) ? IsIn(scope, groups) : IsUnder(resource, scope.Scope)) && scope.Tags.All(tag => Carries(tags, tag.Key, tag.Value));

    /// <summary>A subscription whose management groups nobody read is in none: a bill of the group is told with less coverage then.</summary>
    private static bool Touches(SpendScope scope, SpendDay day) =>
        IsOfGroup(scope) ? IsIn(scope, day.ManagementGroups) : IsUnder(scope.Scope, $"/subscriptions/{day.Subscription}");

    private static bool IsOfGroup(SpendScope scope) => scope.Scope.StartsWith(SpendScope.ManagementGroup, StringComparison.Ordinal);

    private static bool IsIn(SpendScope scope, ManagementGroups groups) =>
        groups is ManagementGroups.Read read && read.Names.Contains(scope.Scope[SpendScope.ManagementGroup.Length..], StringComparer.OrdinalIgnoreCase);

    /// <summary>Azure compares names of tags without regard to case and their values exactly. Tags that nobody read are not carried.</summary>
    private static bool Carries(TargetTags tags, string name, IReadOnlyList<string> values) => tags is TargetTags.Known known
        && known.Values.Any(tag => string.Equals(tag.Key, name, StringComparison.OrdinalIgnoreCase) && values.Contains(tag.Value, StringComparer.Ordinal));

    private static bool IsUnder(string id, string scope) =>
        id.Equals(scope, StringComparison.OrdinalIgnoreCase) || id.StartsWith($"{scope}/", StringComparison.OrdinalIgnoreCase);
}
