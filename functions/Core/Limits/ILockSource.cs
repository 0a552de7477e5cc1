namespace ScaleFunctions.Core.Limits;

/// <summary>Reads management locks.</summary>
public interface ILockSource
{
    /// <summary>All locks on a subscription and on anything in it. Kept for some minutes; a failure is <see cref="FactReading{T}.Unknown"/>.</summary>
    Task<FactReading<IReadOnlyList<ResourceLock>>> ReadLocksAsync(string subscription, CancellationToken cancellationToken);
}
