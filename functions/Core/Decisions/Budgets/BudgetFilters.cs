using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>Compares what a budget of Azure counts with what its policy does: an amount for a part is no amount for all.</summary>
internal static class BudgetFilters
{
    /// <returns>Why the two do not fit, and what mends it; nothing when they do.</returns>
    public static string? WhyNot(BudgetAlertsPolicy policy, BudgetReading.Known budget)
    {
        const string Instead = "write 'amount', with the 'scope' and 'tags' that it is for, in place of 'budget'";
        if (budget.OtherFilter.Length > 0)
        {
            return $"the budget of Azure counts only what its filter lets through, which a policy cannot count ({budget.OtherFilter}); {Instead}";
        }

        return IsSame(policy.Tags, budget.Tags) ? null
            : budget.Tags.Count == 0 ? $"the budget of Azure counts all of its scope, the policy only 'tags: {Text(policy.Tags)}'; remove these, or {Instead}"
            : $"the budget of Azure counts only what its filter lets through, the policy {(policy.Tags.Count == 0 ? "all of its scope" : $"'tags: {Text(policy.Tags)}'")}; give the policy 'tags: {Text(budget.Tags)}', or {Instead}";
    }

    /// <summary>Azure compares names of tags without regard to case and their values exactly.</summary>
    private static bool IsSame(IReadOnlyDictionary<string, IReadOnlyList<string>> one, IReadOnlyDictionary<string, IReadOnlyList<string>> other) =>
        one.Count == other.Count && one.All(tag =>
            other.FirstOrDefault(each => string.Equals(each.Key, tag.Key, StringComparison.OrdinalIgnoreCase)) is { Key: not null } found && tag.Value.ToHashSet(StringComparer.Ordinal).SetEquals(found.Value));

    private static string Text(IReadOnlyDictionary<string, IReadOnlyList<string>> tags) => $"{{ {string.Join(", ", tags.Select(tag => $"{tag.Key}: [{string.Join(", ", tag.Value)}]"))} }}";
}
