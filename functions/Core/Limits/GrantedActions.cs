namespace ScaleFunctions.Core.Limits;

/// <summary>What an identity may do with a resource, by its roles: what one role leaves out another may grant.</summary>
/// <param name="Roles">For each role what it grants and what of that it does not, with <c>*</c> for anything.</param>
public sealed record GrantedActions(IReadOnlyList<GrantedActions.Role> Roles)
{
    /// <param name="Actions">What is granted.</param>
    /// <param name="NotActions">What of that is not.</param>
    public sealed record Role(IReadOnlyList<string> Actions, IReadOnlyList<string> NotActions);

    /// <param name="action">For example <c>Microsoft.Compute/virtualMachineScaleSets/write</c>.</param>
    public bool Allow(string action) => Roles.Any(role =>
        role.Actions.Any(pattern => ActionPattern.Fits(pattern, action)) && !role.NotActions.Any(pattern => ActionPattern.Fits(pattern, action)));
}
