using Azure.ResourceManager.Compute;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Compute;

/// <summary>The sizes of scale sets, for whoever only reads.</summary>
internal sealed class ScaleSetSizeSource(ArmPipelines arm) : ISizeSource
{
    public bool Serves(string resourceType) =>
        string.Equals(VirtualMachineScaleSetResource.ResourceType.ToString(), resourceType, StringComparison.OrdinalIgnoreCase);

    public Task<SizeReading> ReadSizeAsync(TargetId target, CancellationToken cancellationToken) => ScaleSetSizes.ReadAsync(arm, target, cancellationToken);
}
