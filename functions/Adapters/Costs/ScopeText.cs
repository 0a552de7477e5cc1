namespace ScaleFunctions.Adapters.Costs;

/// <summary>What may stand in an address as a scope or a budget's id.</summary>
internal static class ScopeText
{
    private const string Budgets = "/providers/microsoft.consumption/budgets/";
    private const int Longest = 512;

    private static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.()/");

    /// <summary>Whether it is the id of a subscription, a resource group or a management group.</summary>
    public static bool IsScope(string text) => IsPath(text) && text.Split('/') switch
    {
        ["", var s, var id] => Is(s, "subscriptions") && Guid.TryParse(id, out _),
        ["", var s, var id, var g, var name] when Is(s, "subscriptions") => Guid.TryParse(id, out _) && Is(g, "resourcegroups") && name.Length > 0,
        ["", var p, var m, var g, var name] => Is(p, "providers") && Is(m, "microsoft.management") && Is(g, "managementgroups") && name.Length > 0,
        _ => false,
    };

    /// <summary>Whether it is the id of a budget of such a scope.</summary>
    public static bool IsBudget(string text)
    {
        var at = text.IndexOf(Budgets, StringComparison.OrdinalIgnoreCase);
        return at > 0 && IsScope(text[..at]) && text[(at + Budgets.Length)..] is { Length: > 0 } name && IsPath(name) && !name.Contains('/', StringComparison.Ordinal);
    }

    // ".." would be resolved on the way, and lead elsewhere.
    private static bool IsPath(string text) =>
        text.Length is > 0 and <= Longest && !text.AsSpan().ContainsAnyExcept(Letters) && !text.Split('/').Any(step => step is "." or "..");

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
