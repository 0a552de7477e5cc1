using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Compute;

/// <summary>The sizes of virtual machines, for whoever only reads.</summary>
internal sealed class MachineSizeSource(ArmPipelines arm) : ISizeSource
{
    public bool Serves(string resourceType) => string.Equals(MachineTarget.Type, resourceType, StringComparison.OrdinalIgnoreCase);

    public Task<SizeReading> ReadSizeAsync(TargetId target, CancellationToken cancellationToken) => MachineSizes.ReadAsync(arm, target, cancellationToken);
}
