using System.Text.Json;
using ScaleFunctions.Adapters.Generic;
using ScaleFunctions.Core.Sizes;

namespace ScaleFunctions.Adapters.Compute;

/// <summary>What an instance view says of health and power: learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-health-extension.</summary>
internal static class HealthStates
{
    /// <summary>As a health extension or a probe reports it; unknown where none does, or while it makes up its mind.</summary>
    public static InstanceHealth OfApplication(JsonElement view) => BodyPath.Text(view, "vmHealth.status.code")?.ToUpperInvariant() switch
    {
        "HEALTHSTATE/HEALTHY" => InstanceHealth.Healthy,
        "HEALTHSTATE/UNHEALTHY" => InstanceHealth.Unhealthy,
        _ => InstanceHealth.Unknown,
    };

    public static bool Has(JsonElement owner, string path, string code) => ComputeNeeds.Items(owner, path)
        .Any(status => string.Equals(BodyPath.Text(status, "code"), code, StringComparison.OrdinalIgnoreCase));
}
