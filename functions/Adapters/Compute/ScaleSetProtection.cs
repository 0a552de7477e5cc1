using System.Text.Json;
using Azure.Core.Pipeline;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Generic;
using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Compute;

/// <summary>
/// Counts the instances of a scale set that must survive a scale-in (<c>protectFromScaleIn</c>, <c>protectFromScaleSetActions</c>).
/// Only a list of all instances tells, so it is read where something is about to be lowered and nowhere else.
/// </summary>
internal static class ScaleSetProtection
{
    /// <param name="arm">The way to Azure.</param>
    /// <param name="target">The scale set.</param>
    /// <param name="reads">As the identity that writes: who only reads has no right to list instances.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>How many are protected; or nothing, and why nobody knows.</returns>
    public static async Task<(int? Protected, string Problem)> CountAsync(
        ArmPipelines arm, TargetId target, HttpPipeline reads, CancellationToken cancellationToken)
    {
        var address = new UriBuilder(ResourceAddress.Of(arm.Connection, target, ApiVersions.ScaleSets));
        address.Path = $"{address.Path}/virtualMachines";
        var count = 0;
        try
        {
            var problem = await ArmPages.ReadAsync(
                arm, address.Uri, "instances", (instance, _) => count += IsProtected(instance) ? 1 : 0, cancellationToken, reads).ConfigureAwait(false);
            return problem is null ? (count, "") : (null, problem);
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return (null, AzureFaults.Describe(exception));
        }
    }

    private static bool IsProtected(JsonElement instance) =>
        BodyPath.Text(instance, "properties.protectionPolicy.protectFromScaleIn") == "true"
        || BodyPath.Text(instance, "properties.protectionPolicy.protectFromScaleSetActions") == "true";
}
