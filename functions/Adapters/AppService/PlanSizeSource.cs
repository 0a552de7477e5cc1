using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.AppService;

/// <summary>The sizes of App Service plans, for whoever only reads.</summary>
internal sealed class PlanSizeSource(ArmPipelines arm) : ISizeSource
{
    public bool Serves(string resourceType) => string.Equals(PlanTarget.Type, resourceType, StringComparison.OrdinalIgnoreCase);

    public Task<SizeReading> ReadSizeAsync(TargetId target, CancellationToken cancellationToken) => PlanSizes.ReadAsync(arm, target, cancellationToken);
}
