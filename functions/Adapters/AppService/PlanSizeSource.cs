using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.AppService;

/// <summary>The sizes of App Service plans, for whoever only reads.</summary>
internal sealed class PlanSizeSource(ArmPipelines arm) : ISizeSource
{
    private readonly PlanReader _reader = new(arm);

    public bool Serves(string resourceType) => string.Equals("Microsoft.Web/serverfarms", resourceType, StringComparison.OrdinalIgnoreCase);

    public Task<SizeReading> ReadSizeAsync(TargetId target, CancellationToken cancellationToken) =>
        PlanTarget.ReadSizeAsync(arm, _reader, target, cancellationToken);
}
