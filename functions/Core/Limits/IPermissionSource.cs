using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Limits;

/// <summary>Reads what the identity that writes may do.</summary>
public interface IPermissionSource
{
    /// <summary>What may be done with a resource. Kept for some minutes; a failure is <see cref="FactReading{T}.Unknown"/>.</summary>
    Task<FactReading<GrantedActions>> ReadPermissionsAsync(TargetId target, CancellationToken cancellationToken);
}
