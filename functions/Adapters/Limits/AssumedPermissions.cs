using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Limits;

/// <summary>
/// Takes it that what is planned may be written. Whoever rehearses reads with an identity of their own, in a pipeline often one that
/// may do nothing else: what that one may write says nothing of the identity that acts.
/// </summary>
internal sealed class AssumedPermissions : IPermissionSource
{
    private static readonly GrantedActions All = new([new GrantedActions.Role(["*"], [])]);

    public Task<FactReading<GrantedActions>> ReadPermissionsAsync(TargetId target, string action, CancellationToken cancellationToken) =>
        Task.FromResult<FactReading<GrantedActions>>(new FactReading<GrantedActions>.Known(All, default));
}
