using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Actions;

/// <summary>
/// The operations on one type of resource with a capacity. Service and transport faults are values of the
/// answers, never exceptions; only cancellation is thrown.
/// </summary>
public interface ITargetKind
{
    /// <summary>Whether resources of an ARM type, such as <c>Microsoft.Compute/virtualMachineScaleSets</c>, are its business.</summary>
    bool Serves(string resourceType);

    /// <summary>Reads the resource itself, never a cache. The SDK may retry the read.</summary>
    Task<CapacityReading> ReadAsync(TargetId target, CancellationToken cancellationToken);

    /// <summary>Sends the write exactly once.</summary>
    Task<WriteResult> WriteAsync(CapacityWrite write, CancellationToken cancellationToken);

    /// <summary>Reads an operation's state once. URLs of other hosts are refused, without a request.</summary>
    Task<OperationReading> ReadOperationAsync(Uri operation, CancellationToken cancellationToken);

    /// <summary>Counts the instances that exist and serve.</summary>
    Task<InstancesReading> ReadInstancesAsync(TargetId target, CancellationToken cancellationToken);

    /// <summary>The action of Azure's roles that a change needs.</summary>
    string ActionFor(TargetId target, bool isRaise) => $"{target.ResourceType}/write";

    /// <summary>Whether an instance more counts for the quota of cores; one that keeps its place while it is away does not.</summary>
    bool TakesQuota => true;

    /// <summary>The fewest instances that a lowering may leave, beyond what the inventory tells; some minutes old at most.</summary>
    Task<FactReading<PlatformBound>> ReadLeastAsync(TargetId target, CancellationToken cancellationToken) =>
        Task.FromResult<FactReading<PlatformBound>>(new FactReading<PlatformBound>.Known(PlatformBound.None, default));
}
