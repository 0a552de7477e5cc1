using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Limits;

/// <summary>Reads what the identity that writes may do.</summary>
public interface IPermissionSource
{
    /// <summary>What may be done with a resource. Kept for some minutes; a failure is <see cref="FactReading{T}.Unknown"/>.</summary>
    /// <param name="target">The resource.</param>
    /// <param name="action">What is to be done: as soon as something grants it no more is asked.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<FactReading<GrantedActions>> ReadPermissionsAsync(TargetId target, string action, CancellationToken cancellationToken);
}
