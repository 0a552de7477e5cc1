using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Core.Policies;

/// <summary>Reads the ids that spend is counted and budgets are kept under.</summary>
internal static class BudgetScopes
{
    private const string BudgetPart = "/providers/microsoft.consumption/budgets/";

    /// <summary>Azure's longest ids are far shorter.</summary>
    private const int Longest = 500;

    /// <summary>The scope in lower case; null when it is none.</summary>
    public static string? Read(string text)
    {
        var scope = text.TrimEnd('/').ToLowerInvariant();
        if (scope.Length > Longest || scope.Any(character => !char.IsAsciiLetterOrDigit(character) && !"/-_.()".Contains(character)))
        {
            return null;
        }

        if (scope.StartsWith(SpendScope.ManagementGroup, StringComparison.Ordinal))
        {
            return IsName(scope[SpendScope.ManagementGroup.Length..]) ? scope : null;
        }

        return scope.Split('/') switch
        {
            ["", "subscriptions", var id] when IsSubscription(id) => scope,
            ["", "subscriptions", var id, "resourcegroups", var group] when IsSubscription(id) && IsName(group) => scope,
            _ => null,
        };
    }

    /// <summary>The id of a budget in lower case, and its scope; null when it is none.</summary>
    public static (string Id, string Scope)? ReadBudget(string text)
    {
        var id = text.TrimEnd('/').ToLowerInvariant();
        return id.IndexOf(BudgetPart, StringComparison.Ordinal) is >= 0 and var at && IsName(id[(at + BudgetPart.Length)..]) && Read(id[..at]) is { } scope
            ? (id, scope)
            : null;
    }

    private static bool IsSubscription(string text) => Guid.TryParseExact(text, "D", out _);

    /// <summary>Where it goes into an address, <c>..</c> would lead elsewhere.</summary>
    private static bool IsName(string text) => text is not ("." or "..") && text.Length is > 0 and <= 90 && text.All(character => char.IsAsciiLetterOrDigit(character) || "-_.()".Contains(character));
}
