namespace ScaleFunctions.App.Commands.Roles;

/// <summary>A custom role in the form that <c>az role definition create</c> takes.</summary>
/// <remarks>https://learn.microsoft.com/azure/role-based-access-control/role-definitions</remarks>
internal sealed record RoleDefinition(string Name, string Description, IReadOnlyList<string> Actions, IReadOnlyList<string> AssignableScopes)
{
    public bool IsCustom { get; init; } = true;

    public IReadOnlyList<string> NotActions { get; init; } = [];

    public IReadOnlyList<string> DataActions { get; init; } = [];

    public IReadOnlyList<string> NotDataActions { get; init; } = [];
}
