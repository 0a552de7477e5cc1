using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Costs;

/// <summary>Takes of what was counted that which belongs to a scope.</summary>
public static class ScopedSpend
{
    private const string ManagementGroup = "/providers/microsoft.management/managementgroups/";

    /// <summary>The days with nothing but what belongs to the scope; those of other subscriptions are left out.</summary>
    public static IReadOnlyList<SpendDay> Of(SpendScope scope, IEnumerable<SpendDay> days) =>
        [.. days.Where(day => Touches(scope, day)).Select(day => day with { Rows = [.. day.Rows.Where(row => Holds(scope, row))] })];

    /// <summary>A subscription whose management groups nobody read is in none: a bill of the group is told with less coverage then.</summary>
    private static bool Touches(SpendScope scope, SpendDay day) => scope.Scope.StartsWith(ManagementGroup, StringComparison.Ordinal)
        ? day.ManagementGroups is ManagementGroups.Read read && read.Names.Contains(scope.Scope[ManagementGroup.Length..], StringComparer.OrdinalIgnoreCase)
        : IsUnder(scope.Scope, $"/subscriptions/{day.Subscription}");

    private static bool Holds(SpendScope scope, ResourceSpend row) =>
        (scope.Scope.StartsWith(ManagementGroup, StringComparison.Ordinal) || IsUnder(row.Resource, scope.Scope)) && scope.Tags.All(tag => Carries(row.Tags, tag.Key, tag.Value));

    /// <summary>Azure compares names of tags without regard to case and their values exactly. Tags that nobody read are not carried.</summary>
    private static bool Carries(TargetTags tags, string name, IReadOnlyList<string> values) => tags is TargetTags.Known known
        && known.Values.Any(tag => string.Equals(tag.Key, name, StringComparison.OrdinalIgnoreCase) && values.Contains(tag.Value, StringComparer.Ordinal));

    private static bool IsUnder(string id, string scope) =>
        id.Equals(scope, StringComparison.OrdinalIgnoreCase) || id.StartsWith($"{scope}/", StringComparison.OrdinalIgnoreCase);
}
