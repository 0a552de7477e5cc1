namespace ScaleFunctions.Core.Costs;

/// <summary>What of an estate spend is counted for: a scope of Resource Manager, or what of it carries some tags.</summary>
/// <param name="Scope">
/// Id in lower case, without a slash at the end: <c>/subscriptions/{id}</c>, <c>/subscriptions/{id}/resourcegroups/{name}</c> or
/// <c>/providers/microsoft.management/managementgroups/{id}</c>.
/// </param>
/// <param name="Tags">All of them have to be there, by name; the values are those of which one has to be carried. Empty: all of the scope.</param>
public sealed record SpendScope(string Scope, IReadOnlyDictionary<string, IReadOnlyList<string>> Tags)
{
    /// <summary>What ids of management groups begin with.</summary>
    public const string ManagementGroup = "/providers/microsoft.management/managementgroups/";
}
