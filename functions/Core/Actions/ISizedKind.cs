using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Actions;

/// <summary>
/// The operations on a type of resource whose instances have a size that can be changed. The size itself is written by
/// <see cref="ITargetKind.WriteAsync"/>, as <see cref="CapacityWrite.Size"/>.
/// </summary>
public interface ISizedKind : ITargetKind
{
    /// <summary>What a role must grant for a change of the size.</summary>
    IReadOnlyList<string> SizeActions(TargetId target) => [$"{target.ResourceType}/write"];

    /// <summary>Reads the size of the resource and of each instance. Faults are <see cref="SizeReading.Unreadable"/>.</summary>
    Task<SizeReading> ReadSizeAsync(TargetId target, CancellationToken cancellationToken);

    /// <summary>
    /// Tells instances of a <see cref="RollOutMode.ByHand"/> resource to become as it says, once. They are restarted; one that is so
    /// already is not touched.
    /// </summary>
    Task<WriteResult> UpgradeAsync(InstanceUpgrade upgrade, CancellationToken cancellationToken);
}
